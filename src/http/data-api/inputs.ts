import { invalid } from '../aws/errors.js';
import { flag, integer, list, oneOf, optional, type Reader, required, structure, text } from '../aws/shapes.js';
import { limits } from './limits.js';

/** Inputs of the operations (Amazon Redshift Data API reference), read member by member. */

const name = text({ min: 1, max: 2048 });
const statementId = text({ pattern: /^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d+)?$/ });
const sessionId = text({ pattern: /^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}$/ });
const waitTime = integer(0, limits.waitTime);
const statuses = ['SUBMITTED', 'PICKED', 'STARTED', 'FINISHED', 'ABORTED', 'FAILED'] as const;

/** A statement's text; its limit is in bytes. */
const sql: Reader<string> = (value, path) => {
  const given = text({ min: 1 })(value, path);
  if (Buffer.byteLength(given) <= limits.statementBytes) return given;
  throw invalid(`${path.charAt(0).toLowerCase()}${path.slice(1)} must be at most ${limits.statementBytes} bytes long`);
};

const parameters = list(
  structure({
    name: required(text({ pattern: /^[0-9a-zA-Z_]+$/ })),
    value: required(text({ min: 1 })),
  }),
  1,
);

/** Who connects to what. */
const connection = {
  ClusterIdentifier: optional(name),
  WorkgroupName: optional(name),
  SecretArn: optional(name),
  Database: optional(name),
  DbUser: optional(name),
};

const page = { NextToken: optional(text()), MaxResults: optional(integer(0, 1000)) };

const begin = {
  ...connection,
  ClientToken: optional(text({ min: 1, max: 64 })),
  Parameters: optional(parameters),
  ResultFormat: optional(oneOf('JSON', 'CSV')),
  SessionId: optional(sessionId),
  SessionKeepAliveSeconds: optional(integer(0, limits.sessionKeepAlive)),
  StatementName: optional(text({ max: limits.statementNameLength })),
  WaitTimeSeconds: optional(waitTime),
  // There is no event bus here.
  WithEvent: optional(flag),
};

export const executeStatement = structure({ ...begin, Sql: required(sql) });
export const batchExecuteStatement = structure({
  ...begin,
  Sqls: required(list(required(sql), 1, limits.batchStatements)),
  ExecutionMode: optional(oneOf('TRANSACTION', 'AUTO_COMMIT')),
});
export const describeStatement = structure({ Id: required(statementId), WaitTimeSeconds: optional(waitTime) });
export const getStatementResult = structure({
  Id: required(statementId),
  NextToken: optional(text()),
  WaitTimeSeconds: optional(waitTime),
});
export const cancelStatement = structure({ Id: required(statementId) });

export const listStatements = structure({
  StatementName: optional(text({ max: limits.statementNameLength })),
  Status: optional(oneOf(...statuses, 'ALL')),
  // One caller is like another here: there is but one role.
  RoleLevel: optional(flag),
  Database: optional(name),
  ClusterIdentifier: optional(name),
  WorkgroupName: optional(name),
  NextToken: optional(text()),
  MaxResults: optional(integer(0, 100)),
});
export const listSessions = structure({
  SessionId: optional(sessionId),
  Status: optional(oneOf('AVAILABLE', 'BUSY', 'CLOSED')),
  RoleLevel: optional(flag),
  Database: optional(name),
  ClusterIdentifier: optional(name),
  WorkgroupName: optional(name),
  NextToken: optional(text()),
  MaxResults: optional(integer(0, 100)),
});

const connected = { ...connection, Database: required(name), ConnectedDatabase: optional(name), ...page };
export const listDatabases = structure({ ...connection, ...page });
export const listSchemas = structure({ ...connected, SchemaPattern: optional(text()) });
export const listTables = structure({
  ...connected,
  SchemaPattern: optional(text()),
  TablePattern: optional(text()),
});
export const describeTable = structure({ ...connected, Schema: optional(text()), Table: optional(text()) });

/** What `read` gives. */
export type InputOf<R> = R extends Reader<infer T> ? T : never;
