import { epochSeconds, type JsonAnswer } from '../../aws/json-protocol.js';
import type { describeStatement, InputOf } from '../inputs.js';
import type { Execution, Statement } from '../statement.js';
import type { Progress } from '../status.js';
import { targetMembers } from '../target.js';
import { waitForEnd } from '../wait.js';
import type { DataApiDeps } from './parts.js';

/** DescribeStatement, of a statement, a batch, or one statement of a batch. */
export async function describe(
  { statements }: DataApiDeps,
  input: InputOf<typeof describeStatement>,
): Promise<JsonAnswer> {
  const { statement, execution } = statements.find(input.Id);
  await waitForEnd(statement, input.WaitTimeSeconds);
  return {
    ...(execution === undefined ? batchMembers(statement) : executionMembers(execution, statement.error)),
    ...targetMembers(statement.request.target),
    RedshiftPid: statement.processId ?? 0,
    QueryParameters: statement.request.parameters.length === 0 ? undefined : statement.request.parameters,
    ResultFormat: statement.request.resultFormat,
    SessionId: statement.request.sessionId,
  };
}

/** A batch itself has no text, rows or query id. */
function batchMembers(statement: Statement): Readonly<Record<string, unknown>> {
  return {
    ...courseMembers(statement.id, statement.progress, statement.error),
    ExecutionMode: statement.request.batch,
    HasResultSet: statement.hasResultSet,
    RedshiftQueryId: 0,
    ResultRows: -1,
    ResultSize: -1,
    SubStatements: statement.executions.map((execution) => executionMembers(execution, undefined)),
  };
}

function executionMembers(execution: Execution, error: string | undefined): Readonly<Record<string, unknown>> {
  const { progress, rows, result, hasResultSet, queryId } = execution;
  const finished = progress.status === 'FINISHED';
  return {
    ...courseMembers(execution.id, progress, execution.error ?? (progress.status === 'FAILED' ? error : undefined)),
    HasResultSet: hasResultSet,
    QueryString: execution.sql,
    RedshiftQueryId: Number(queryId ?? 0n),
    ResultRows: finished ? (rows ?? -1) : -1,
    ResultSize: finished ? (result?.bytes ?? 0) : -1,
  };
}

function courseMembers(id: string, progress: Progress, error: string | undefined): Readonly<Record<string, unknown>> {
  return {
    Id: id,
    Status: progress.status,
    CreatedAt: epochSeconds(progress.createdMicros),
    UpdatedAt: epochSeconds(progress.updatedMicros),
    Duration: progress.nanoseconds ?? -1,
    Error: error,
  };
}
