import type { Statement } from './ast/statement.js';
import { characterPosition, SqlError, SqlState } from './errors.js';
import { parseStatement } from './grammar/statement.js';
import { TokenCursor } from './grammar/token-cursor.js';
import { significantTokens } from './lexer/lexer.js';
import type { Token } from './lexer/token.js';

export interface ParseOptions {
  /**
   * Data API mode: `:name` is a parameter ("Running SQL statements with parameters", Amazon Redshift management guide).
   */
  readonly namedParameters?: boolean | undefined;
}

/** One statement of a source text. */
export interface ParsedStatement {
  /** The statement's text, without the `;` and without white space or comments around it. */
  readonly text: string;
  /** UTF-16 offset of `text` in `source`. */
  readonly offset: number;
  /** The whole text that was parsed. */
  readonly source: string;
  /** The statement's tree; spans are offsets into `source`. */
  readonly node: Statement;
  /**
   * With `namedParameters`: the parameters' names, each once, in the order of the text. They are `$1 …` of the plan.
   */
  readonly parameterNames?: readonly string[] | undefined;
}

/**
 * Parses all statements of `source`, which are separated by `;`. Empty statements are left out.
 *
 * @throws SqlError 42601 at the first token that does not fit, its position in characters of the whole `source`; 54001
 * when the statement is nested too deeply; with `namedParameters` 42P02 at a parameter that is numbered.
 */
export function parseStatements(source: string, options: ParseOptions = {}): ParsedStatement[] {
  const tokens = significantTokens(source, options);
  const named = options.namedParameters === true ? namedParameters(source, tokens) : undefined;
  const cursor = new TokenCursor(source, tokens);
  const statements: ParsedStatement[] = [];
  for (;;) {
    while (cursor.acceptPunctuation(';')) {}
    if (cursor.atEnd()) return statements;
    const node = parseStatement(cursor);
    if (!cursor.atEnd() && !cursor.atPunctuation(';')) cursor.fail();
    const text = source.slice(node.start, node.end);
    const names = named?.filter(({ start }) => start >= node.start && start < node.end).map((token) => token.text);
    statements.push({ text, offset: node.start, source, node, parameterNames: names && [...new Set(names)] });
  }
}

/** The `:name` tokens of a text in which `$1` has no value. */
function namedParameters(source: string, tokens: readonly Token[]): readonly Token[] {
  const parameters = tokens.filter(({ kind }) => kind === 'parameter');
  const numbered = parameters.find(({ start }) => source[start] === '$');
  if (numbered === undefined) return parameters;
  throw new SqlError(SqlState.undefinedParameter, `there is no parameter $${numbered.text}`, {
    position: characterPosition(source, numbered.start),
  });
}
