import type { TypeName } from '../ast/expression.js';
import type {
  AlterRoutine,
  CallStatement,
  CreateExternalFunction,
  CreateLibrary,
  CreateRoutine,
} from '../ast/routine.js';
import { parseExpression } from './expression.js';
import { parseIamRole } from './external-schema.js';
import { parseName, parseRelationName } from './names.js';
import { parseNumberText, parseScalarText, parseText, parseWordText } from './option-values.js';
import { parseRoutineName, parseRoutineParameters, parseRoutineSignature } from './routine-parameters.js';
import type { TokenCursor } from './token-cursor.js';
import { parseTypeName } from './types.js';

/**
 * "CREATE PROCEDURE" and "CREATE FUNCTION", from PROCEDURE or FUNCTION on. The clauses after the parameters come in any
 * order.
 */
export function parseCreateRoutine(cursor: TokenCursor, start: number, orReplace: boolean): CreateRoutine {
  const word = cursor.expectOne('procedure', 'function');
  const name = parseRoutineName(cursor);
  const parameters = parseRoutineParameters(cursor);
  const options: Record<string, string | true> = {};
  let returns: TypeName | undefined;
  let language: string | undefined;
  let body: string | undefined;
  while (!cursor.atStatementEnd()) {
    if (returns === undefined && word === 'function' && cursor.at('returns') && cursor.peek().text !== 'null') {
      cursor.advance();
      returns = parseTypeName(cursor);
    } else if (body === undefined && cursor.accept('as')) body = parseText(cursor);
    else if (language === undefined && cursor.accept('language')) language = parseScalarText(cursor).toLowerCase();
    else parseRoutineOption(cursor, options);
  }
  if (body === undefined || language === undefined || (word === 'function' && returns === undefined)) cursor.fail();
  return {
    kind: `create_${word}`,
    start,
    end: cursor.end,
    orReplace,
    name,
    parameters,
    returns,
    language: language ?? '',
    body: body ?? '',
    options,
  };
}

function parseRoutineOption(cursor: TokenCursor, options: Record<string, string | true>): void {
  const flag = cursor.acceptOne('volatile', 'stable', 'immutable', 'nonatomic', 'strict');
  if (flag) options[flag] = true;
  else if (cursor.accept('security')) options.security = cursor.expectOne('invoker', 'definer');
  else if (cursor.acceptWords('called', 'on', 'null', 'input')) options['called on null input'] = true;
  else if (cursor.acceptWords('returns', 'null', 'on', 'null', 'input')) options.strict = true;
  else if (cursor.accept('set')) {
    const { value } = parseName(cursor);
    if (!cursor.accept('to') && !cursor.acceptOperator('=')) cursor.fail();
    options.set = `${value} = ${cursor.list(parseScalarText).join(', ')}`;
  } else cursor.fail();
}

/** "ALTER PROCEDURE" and "ALTER FUNCTION", from their second word on. */
export function parseAlterRoutine(cursor: TokenCursor, start: number): AlterRoutine {
  const word = cursor.expectOne('procedure', 'function');
  const routine = parseRoutineSignature(cursor);
  const action = cursor.expectOne('rename', 'owner');
  cursor.expect('to');
  const to = parseName(cursor);
  return { kind: `alter_${word}`, start, end: cursor.end, routine, action, to };
}

/** "CREATE EXTERNAL FUNCTION", from EXTERNAL on. */
export function parseCreateExternalFunction(
  cursor: TokenCursor,
  start: number,
  orReplace: boolean,
): CreateExternalFunction {
  cursor.expect('external', 'function');
  const name = parseRoutineName(cursor);
  const parameters = parseRoutineParameters(cursor);
  cursor.expect('returns');
  const returns = parseTypeName(cursor);
  const options: Record<string, string> = {};
  while (!cursor.atStatementEnd()) {
    const volatility = cursor.acceptOne('volatile', 'stable', 'immutable');
    const endpoint = volatility ? undefined : cursor.acceptOne('lambda', 'sagemaker');
    if (volatility) options.volatility = volatility;
    else if (endpoint) options[endpoint] = parseText(cursor);
    else if (cursor.accept('iam_role')) options.iam_role = parseIamRole(cursor);
    else {
      const option = cursor.expectOne('retry_timeout', 'max_batch_rows', 'max_batch_size');
      options[option] = parseNumberText(cursor);
      const unit = option === 'max_batch_size' ? cursor.acceptOne('kb', 'mb') : undefined;
      if (unit) options[option] += ` ${unit.toUpperCase()}`;
    }
  }
  return { kind: 'create_external_function', start, end: cursor.end, orReplace, name, parameters, returns, options };
}

/** "CREATE LIBRARY", from LIBRARY on. */
export function parseCreateLibrary(cursor: TokenCursor, start: number, orReplace: boolean): CreateLibrary {
  cursor.expect('library');
  const name = parseName(cursor);
  cursor.expect('language');
  const language = parseWordText(cursor);
  cursor.expect('from');
  const from = parseText(cursor);
  const options: Record<string, string> = {};
  cursor.accept('with');
  while (!cursor.atStatementEnd()) {
    if (cursor.accept('iam_role')) options.iam_role = parseIamRole(cursor);
    else {
      const option = cursor.expectOne('credentials', 'region', 'access_key_id', 'secret_access_key', 'session_token');
      cursor.accept('as');
      options[option] = parseText(cursor);
    }
  }
  return { kind: 'create_library', start, end: cursor.end, orReplace, name, language, from, options };
}

/** "CALL". */
export function parseCallStatement(cursor: TokenCursor): CallStatement {
  const { start } = cursor;
  cursor.expect('call');
  const name = parseRelationName(cursor);
  cursor.expectPunctuation('(');
  const args = cursor.atPunctuation(')') ? [] : cursor.list((c) => parseExpression(c));
  cursor.expectPunctuation(')');
  return { kind: 'call', start, end: cursor.end, name, args };
}
