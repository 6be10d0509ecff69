import { epochSeconds, type JsonAnswer } from '../../aws/json-protocol.js';
import type { batchExecuteStatement, executeStatement, InputOf } from '../inputs.js';
import type { KeepAliveSession } from '../keep-alive-sessions.js';
import { checkParameters } from '../named-parameters.js';
import { Statement, type StatementRequest, type Target } from '../statement.js';
import { assertSameTarget, targetMembers, targetOf } from '../target.js';
import { waitForEnd } from '../wait.js';
import type { DataApiDeps } from './parts.js';

type ExecuteInput = InputOf<typeof executeStatement>;
type BatchInput = InputOf<typeof batchExecuteStatement>;

/** ExecuteStatement. */
export function execute(parts: DataApiDeps, input: ExecuteInput): Promise<JsonAnswer> {
  return begin(parts, input, [input.Sql], undefined);
}

/** BatchExecuteStatement. */
export function batchExecute(parts: DataApiDeps, input: BatchInput): Promise<JsonAnswer> {
  return begin(parts, input, input.Sqls, input.ExecutionMode ?? 'TRANSACTION');
}

async function begin(
  parts: DataApiDeps,
  input: ExecuteInput | BatchInput,
  sqls: readonly string[],
  batch: StatementRequest['batch'],
): Promise<JsonAnswer> {
  const { ClientToken: token, WaitTimeSeconds: wait, ...rest } = input;
  const request = JSON.stringify(rest);
  let statement = token === undefined ? undefined : parts.statements.byToken(token, request);
  if (statement === undefined) {
    statement = beginNew(parts, input, sqls, batch);
    if (token !== undefined) parts.statements.keepToken(token, request, statement);
  }
  await waitForEnd(statement, wait);
  return answer(statement);
}

function beginNew(
  { statements, keepAliveSessions, runner, nowMicros, defaultUser }: DataApiDeps,
  input: ExecuteInput | BatchInput,
  sqls: readonly string[],
  batch: StatementRequest['batch'],
): Statement {
  const parameters = input.Parameters ?? [];
  checkParameters(sqls, parameters);
  const { SessionId: sessionId, SessionKeepAliveSeconds: keepAlive } = input;
  let kept: KeepAliveSession | undefined;
  let target: Target;
  if (sessionId === undefined) {
    target = targetOf(input, defaultUser);
    statements.assertRoom();
    if (keepAlive !== undefined && keepAlive > 0) kept = keepAliveSessions.create(target, keepAlive);
  } else {
    kept = keepAliveSessions.available(sessionId);
    target = kept.target;
    assertSameTarget(input, target);
    statements.assertRoom();
    if (keepAlive !== undefined) kept.keepAliveSeconds = keepAlive;
  }
  const request: StatementRequest = {
    target,
    sqls,
    batch,
    parameters,
    name: input.StatementName,
    resultFormat: input.ResultFormat ?? 'JSON',
    sessionId: kept?.id,
  };
  const statement = new Statement(request, nowMicros);
  statements.add(statement);
  runner.start(statement, kept);
  return statement;
}

function answer(statement: Statement): JsonAnswer {
  const { request, progress } = statement;
  return {
    Id: statement.id,
    CreatedAt: epochSeconds(progress.createdMicros),
    ...targetMembers(request.target),
    DbGroups: [],
    SessionId: request.sessionId,
    Status: progress.status,
    ...(progress.isFinal ? { HasResultSet: statement.hasResultSet } : {}),
    RedshiftPid: statement.processId,
  };
}
