import { invalid } from '../../aws/errors.js';
import { epochSeconds, type JsonAnswer } from '../../aws/json-protocol.js';
import type { InputOf, listSessions, listStatements } from '../inputs.js';
import type { KeepAliveSession } from '../keep-alive-sessions.js';
import { pageOfNewest } from '../page-token.js';
import type { Statement, Target } from '../statement.js';
import { assertOneOf } from '../target.js';
import type { DataApiDeps } from './parts.js';

/** Entries of a page when the caller does not say. */
const defaultPage = 100;

interface Where {
  readonly Database: string | undefined;
  readonly ClusterIdentifier: string | undefined;
  readonly WorkgroupName: string | undefined;
}

/** ListStatements: those that FINISHED, unless another status is requested; newest first. */
export function statements(parts: DataApiDeps, input: InputOf<typeof listStatements>): JsonAnswer {
  const { Status: status = 'FINISHED', StatementName: prefix = '' } = input;
  assertOneOf(input);
  const matching = parts.statements
    .all()
    .filter(
      ({ request, progress }) =>
        (status === 'ALL' || progress.status === status) &&
        (request.name ?? '').startsWith(prefix) &&
        isAt(request.target, input),
    );
  const size = input.MaxResults || defaultPage;
  const { items, nextToken } = pageOfNewest(parts.tokens, listSubject(input), matching, size, input.NextToken);
  return { Statements: items.map(statementData), NextToken: nextToken };
}

function statementData(statement: Statement): Readonly<Record<string, unknown>> {
  const { request, progress } = statement;
  return {
    Id: statement.id,
    QueryString: statement.isBatch ? undefined : request.sqls[0],
    QueryStrings: statement.isBatch ? request.sqls : undefined,
    SecretArn: request.target.secretArn,
    Status: progress.status,
    StatementName: request.name,
    CreatedAt: epochSeconds(progress.createdMicros),
    UpdatedAt: epochSeconds(progress.updatedMicros),
    QueryParameters: request.parameters.length === 0 ? undefined : request.parameters,
    IsBatchStatement: statement.isBatch,
    ResultFormat: request.resultFormat,
    SessionId: request.sessionId,
  };
}

/** ListSessions: open ones, unless a status is requested. */
export function sessions(parts: DataApiDeps, input: InputOf<typeof listSessions>): JsonAnswer {
  const { SessionId: id, Status: status } = input;
  assertOneOf(input);
  if (id !== undefined) {
    for (const member of ['Status', 'ClusterIdentifier', 'WorkgroupName', 'Database'] as const)
      if (input[member] !== undefined) throw invalid(`${member} cannot be provided with sessionId`);
    return { Sessions: [sessionData(parts.keepAliveSessions.find(id))] };
  }
  const matching = parts.keepAliveSessions
    .all()
    .filter(
      (kept) => (status === undefined ? kept.status !== 'CLOSED' : kept.status === status) && isAt(kept.target, input),
    );
  const size = input.MaxResults || defaultPage;
  const { items, nextToken } = pageOfNewest(parts.tokens, listSubject(input), matching, size, input.NextToken);
  return { Sessions: items.map(sessionData), NextToken: nextToken };
}

function sessionData(kept: KeepAliveSession): Readonly<Record<string, unknown>> {
  const { target } = kept;
  return {
    SessionId: kept.id,
    Status: kept.status,
    CreatedAt: epochSeconds(kept.createdMicros),
    UpdatedAt: epochSeconds(kept.updatedMicros),
    Database: target.database,
    DbUser: target.dbUser,
    ClusterIdentifier: target.clusterIdentifier,
    WorkgroupName: target.workgroupName,
    SessionAliveSeconds: kept.keepAliveSeconds,
    SessionTtl: epochSeconds(kept.expiresMicros),
    CurrentStatementId: kept.current?.id,
  };
}

function isAt(target: Target, { Database, ClusterIdentifier, WorkgroupName }: Where): boolean {
  return (
    (Database === undefined || target.database === Database) &&
    (ClusterIdentifier === undefined || target.clusterIdentifier === ClusterIdentifier) &&
    (WorkgroupName === undefined || target.workgroupName === WorkgroupName)
  );
}

/** A token is good for the same filters only. */
function listSubject(input: object): string {
  return JSON.stringify({ ...input, NextToken: undefined, MaxResults: undefined });
}
