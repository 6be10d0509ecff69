import type { Statement } from './ast/statement.js';
import { parseStatement } from './grammar/statement.js';
import { TokenCursor } from './grammar/token-cursor.js';
import { significantTokens } from './lexer/lexer.js';

export interface ParseOptions {
  /** Data API mode: `:name` is a parameter ("Running SQL statements with parameters", Amazon Redshift management guide). */
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
}

/**
 * Parses all statements of `source`, which are separated by `;`. Empty statements are left out.
 *
 * @throws SqlError 42601 at the first token that does not fit, its position in characters of the whole `source`; 54001 when the statement
 * is nested too deeply.
 */
export function parseStatements(source: string, options: ParseOptions = {}): ParsedStatement[] {
  const cursor = new TokenCursor(source, significantTokens(source, options));
  const statements: ParsedStatement[] = [];
  for (;;) {
    while (cursor.acceptPunctuation(';')) {}
    if (cursor.atEnd()) return statements;
    const node = parseStatement(cursor);
    if (!cursor.atEnd() && !cursor.atPunctuation(';')) cursor.fail();
    statements.push({ text: source.slice(node.start, node.end), offset: node.start, source, node });
  }
}
