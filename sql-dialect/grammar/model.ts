import type { ManagedObjectStatement } from '../ast/managed-object.js';
import { parseIamRole } from './external-schema.js';
import { type Clauses, managed, parseNameText } from './managed-object.js';
import { parseName } from './names.js';
import { acceptText, parseNumberText, parseScalarText, parseText, parseWordText } from './option-values.js';
import { parseQuery } from './query.js';
import { parseRoutineParameters } from './routine-parameters.js';
import type { TokenCursor } from './token-cursor.js';
import { parseTypeName } from './types.js';

/** "CREATE MODEL" and "CREATE EXTERNAL MODEL", from MODEL on. */
export function parseCreateModel(cursor: TokenCursor, start: number, command: string): ManagedObjectStatement {
  cursor.expect('model');
  const name = parseNameText(cursor);
  const clauses: Clauses = {};
  while (!cursor.atStatementEnd()) {
    const { token } = cursor;
    const read = token.kind === 'word' ? parsers.get(token.text) : undefined;
    if (read === undefined || token.text in clauses) return cursor.fail();
    cursor.advance();
    clauses[token.text] = read(cursor);
  }
  if (!('function' in clauses)) cursor.fail();
  return managed(cursor, start, command, name, clauses);
}

type Parser = (cursor: TokenCursor) => string | true;

const parsers: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['from', parseSource],
  ['target', (cursor) => parseName(cursor).value],
  ['function', parseFunction],
  ['returns', written((cursor) => void parseTypeName(cursor))],
  ['sagemaker', parseEndpoint],
  ['iam_role', parseIamRole],
  ['auto', (cursor) => cursor.expectOne('on', 'off')],
  ['model_type', parseWordText],
  ['problem_type', parseProblemType],
  ['objective', parseObjective],
  ['preprocessors', (cursor) => acceptText(cursor) ?? parseWordText(cursor)],
  ['hyperparameters', parseHyperparameters],
  ['settings', written(parseSettings)],
]);

/** The source text of what `read` moves past. */
function written(read: (cursor: TokenCursor) => void): Parser {
  return (cursor) => {
    const { start } = cursor;
    read(cursor);
    return cursor.source.slice(start, cursor.end);
  };
}

function parseSource(cursor: TokenCursor): string {
  const text = acceptText(cursor);
  if (text !== undefined) return text;
  if (!cursor.atPunctuation('(')) return parseNameText(cursor);
  const { start } = cursor;
  cursor.expectPunctuation('(');
  parseQuery(cursor);
  cursor.expectPunctuation(')');
  return cursor.source.slice(start, cursor.end);
}

function parseFunction(cursor: TokenCursor): string {
  const { start } = cursor;
  parseNameText(cursor);
  if (cursor.atPunctuation('(')) parseRoutineParameters(cursor);
  return cursor.source.slice(start, cursor.end);
}

/** `SAGEMAKER 'endpoint' [: 'model']`, or without a name where one is trained. */
function parseEndpoint(cursor: TokenCursor): string | true {
  const endpoint = acceptText(cursor);
  if (endpoint === undefined) return true;
  return cursor.acceptPunctuation(':') ? `${endpoint}:${parseText(cursor)}` : endpoint;
}

/** `PROBLEM_TYPE {REGRESSION | …}`, with or without parentheses. */
function parseProblemType(cursor: TokenCursor): string {
  if (!cursor.acceptPunctuation('(')) return parseWordText(cursor);
  const types = cursor.list(parseWordText);
  cursor.expectPunctuation(')');
  return types.join(', ');
}

/** `OBJECTIVE 'name'`, with or without parentheses. */
function parseObjective(cursor: TokenCursor): string {
  if (!cursor.acceptPunctuation('(')) return parseText(cursor);
  const objective = parseText(cursor);
  cursor.expectPunctuation(')');
  return objective;
}

/** `HYPERPARAMETERS {DEFAULT | [DEFAULT EXCEPT] (name 'value', …)}`. */
function parseHyperparameters(cursor: TokenCursor): string {
  const { start } = cursor;
  if (!cursor.accept('default') || cursor.accept('except')) parseSettings(cursor);
  return cursor.source.slice(start, cursor.end);
}

/** `(name value, …)`. */
function parseSettings(cursor: TokenCursor): void {
  cursor.parenthesizedList((c) => {
    parseWordText(c);
    if (c.token.kind === 'number' || c.token.kind === 'operator') return parseNumberText(c);
    const value = parseScalarText(c);
    c.acceptOne('mb', 'gb');
    return value;
  });
}
