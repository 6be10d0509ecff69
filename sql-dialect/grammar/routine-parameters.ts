import type { TypeName } from '../ast/expression.js';
import type { RelationName } from '../ast/query.js';
import type { RoutineParameter, RoutineSignature } from '../ast/routine.js';
import { notFunctionWords } from './keywords.js';
import { isFunctionName, parseRelationName, takeIdentifier } from './names.js';
import type { TokenCursor } from './token-cursor.js';
import { parseTypeName } from './types.js';

/** `name` or `name(parameter, …)`, as DROP, ALTER and GRANT name a function or procedure. */
export function parseRoutineSignature(cursor: TokenCursor): RoutineSignature {
  const { start } = cursor;
  const name = parseRoutineName(cursor);
  const parameters = cursor.atPunctuation('(') ? parseRoutineParameters(cursor) : undefined;
  return { kind: 'routine_signature', start, end: cursor.end, name, parameters };
}

/** `[schema.]name` of a function or procedure. */
export function parseRoutineName(cursor: TokenCursor): RelationName {
  const next = cursor.peek();
  if (isNotFunction(cursor) && !(next.kind === 'punctuation' && next.text === '.')) cursor.fail(next);
  return parseRelationName(cursor);
}

function isNotFunction(cursor: TokenCursor): boolean {
  return cursor.atAny(notFunctionWords);
}

/** `([name] [IN | OUT | INOUT] type, …)`, possibly empty. */
export function parseRoutineParameters(cursor: TokenCursor): RoutineParameter[] {
  cursor.expectPunctuation('(');
  if (cursor.acceptPunctuation(')')) return [];
  const parameters = cursor.list(parseRoutineParameter);
  cursor.expectPunctuation(')');
  return parameters;
}

function parseRoutineParameter(cursor: TokenCursor): RoutineParameter {
  const { start } = cursor;
  let mode = cursor.acceptOne('in', 'out', 'inout');
  // A name is only there when something that can be a type follows it: `a int`, but not `int` or
  // `character varying(5)`.
  const typed = cursor.attempt((c) => {
    const type = parseTypeName(c);
    return c.atPunctuation(',') || c.atPunctuation(')') ? type : undefined;
  });
  if (typed) return node(cursor, start, undefined, mode ?? 'in', typed);
  if (!isFunctionName(cursor.token) || isNotFunction(cursor)) cursor.fail();
  const name = takeIdentifier(cursor);
  mode ??= cursor.acceptOne('in', 'out', 'inout');
  return node(cursor, start, name, mode ?? 'in', parseTypeName(cursor));
}

function node(
  cursor: TokenCursor,
  start: number,
  name: RoutineParameter['name'],
  mode: RoutineParameter['mode'],
  type: TypeName,
): RoutineParameter {
  return { kind: 'routine_parameter', start, end: cursor.end, name, mode, type };
}
