import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  GetStatementResultCommand,
  ListSessionsCommand,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { cluster, dataClient, ended, fieldValue, rows, run } from './aws-clients.js';
import { longQuery } from './long-query.js';

/**
 * Sessions that outlive a statement ("Running SQL statements with session reuse when calling the Amazon Redshift Data
 * API").
 */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

async function open(client: RedshiftDataClient, sql = 'SELECT 1', seconds = 60): Promise<string> {
  const call = { ...cluster, Sql: sql, SessionKeepAliveSeconds: seconds };
  const { Id, SessionId } = await client.send(new ExecuteStatementCommand(call));
  expect(await ended(client, Id)).toMatchObject({ Status: 'FINISHED', SessionId });
  return SessionId ?? '';
}

async function within(
  client: RedshiftDataClient,
  SessionId: string,
  Sql: string,
  more: Partial<ExecuteStatementCommandInput> = {},
): Promise<unknown[][]> {
  const { Id } = await client.send(new ExecuteStatementCommand({ SessionId, Sql, ...more }));
  const { Status, Error: reason, HasResultSet } = await ended(client, Id);
  if (Status !== 'FINISHED') throw new Error(reason);
  if (HasResultSet !== true) return [];
  const { Records = [] } = await client.send(new GetStatementResultCommand({ Id }));
  return Records.map((row) => row.map(fieldValue));
}

test('temporary tables, settings and transactions live on from statement to statement', async () => {
  const client = dataClient(duckshift);
  await run(client, 'CREATE TABLE slow (a int)');
  const session = await open(client, 'CREATE TEMP TABLE mine AS SELECT 42 AS a');
  expect(await within(client, session, 'SELECT a FROM mine')).toEqual([[42]]);
  await within(client, session, "SET application_name TO 'kept'");
  expect(await within(client, session, 'SHOW application_name')).toEqual([['kept']]);
  await within(client, session, 'BEGIN');
  await within(client, session, 'INSERT INTO slow VALUES (1)');
  expect(await rows(client, 'SELECT count(*) FROM slow')).toEqual([[0]]);
  await within(client, session, 'COMMIT');
  expect(await rows(client, 'SELECT count(*) FROM slow')).toEqual([[1]]);
  expect(await within(client, session, 'SELECT pg_backend_pid() = pg_backend_pid()')).toEqual([[true]]);
});

test('without SessionKeepAliveSeconds a statement has a session of its own', async () => {
  const client = dataClient(duckshift);
  await run(client, 'CREATE TEMP TABLE gone (a int)');
  expect(await run(client, 'SELECT * FROM gone')).toMatchObject({ Status: 'FAILED' });
});

test('a batch in a session', async () => {
  const client = dataClient(duckshift);
  const begun = await client.send(
    new BatchExecuteStatementCommand({
      ...cluster,
      Sqls: ['CREATE TEMP TABLE b (a int)'],
      SessionKeepAliveSeconds: 60,
    }),
  );
  expect(await ended(client, begun.Id)).toMatchObject({ Status: 'FINISHED' });
  const second = await client.send(
    new BatchExecuteStatementCommand({
      SessionId: begun.SessionId,
      Sqls: ['INSERT INTO b VALUES (1)', 'SELECT a FROM b'],
    }),
  );
  expect(second).toMatchObject({ SessionId: begun.SessionId, ...cluster });
  expect(await ended(client, second.Id)).toMatchObject({ Status: 'FINISHED', SessionId: begun.SessionId });
});

test('a session runs one statement at a time', async () => {
  const client = dataClient(duckshift);
  const session = await open(client);
  const { Id } = await client.send(new ExecuteStatementCommand({ SessionId: session, Sql: longQuery }));
  await expect(within(client, session, 'SELECT 1')).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Session is not available.',
  });
  expect(await client.send(new ListSessionsCommand({ SessionId: session }))).toMatchObject({
    Sessions: [{ SessionId: session, Status: 'BUSY', CurrentStatementId: Id, Database: 'dev', DbUser: 'awsuser' }],
  });
  await client.send(new CancelStatementCommand({ Id }));
  expect(await within(client, session, 'SELECT 2')).toEqual([[2]]);
});

test('an idle session is closed after its time, and its transaction rolled back', async () => {
  const client = dataClient(duckshift);
  await run(client, 'CREATE TABLE undone (a int)');
  const session = await open(client, 'BEGIN', 60);
  await within(client, session, 'INSERT INTO undone VALUES (1)');
  expect(await client.send(new ListSessionsCommand({}))).toMatchObject({
    Sessions: expect.arrayContaining([
      expect.objectContaining({ SessionId: session, Status: 'AVAILABLE', SessionAliveSeconds: 60 }),
    ]),
  });
  await duckshift.clock.advance(61_000);
  await expect(within(client, session, 'COMMIT')).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Session is not available.',
  });
  expect(await rows(client, 'SELECT count(*) FROM undone')).toEqual([[0]]);
  const closed = await client.send(new ListSessionsCommand({ Status: 'CLOSED' }));
  expect(closed.Sessions?.map(({ SessionId }) => SessionId)).toContain(session);
});

test('no session lives longer than a day', async () => {
  const client = dataClient(duckshift);
  const session = await open(client, 'SELECT 1', 86_400);
  await duckshift.clock.advance(80_000_000);
  expect(await within(client, session, 'SELECT 2', { SessionKeepAliveSeconds: 86_400 })).toEqual([[2]]);
  await duckshift.clock.advance(7_000_000);
  await expect(within(client, session, 'SELECT 3')).rejects.toThrow('Session is not available.');
});

test('keep-alive 0 ends a session with its statement', async () => {
  const client = dataClient(duckshift);
  const session = await open(client);
  await within(client, session, 'SELECT 1', { SessionKeepAliveSeconds: 0 });
  await expect(within(client, session, 'SELECT 1')).rejects.toThrow('Session is not available.');
});

test('sessions that never were, and statements that want to go elsewhere', async () => {
  const client = dataClient(duckshift);
  const nobody = '70662acc-f334-46f8-b953-3a9546796d7d';
  await expect(within(client, nobody, 'SELECT 1')).rejects.toMatchObject({
    name: 'ValidationException',
    message: `Session with Id: ${nobody} is invalid.`,
  });
  await expect(client.send(new ListSessionsCommand({ SessionId: nobody }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    ResourceId: nobody,
  });
  const session = await open(client);
  await expect(within(client, session, 'SELECT 1', { Database: 'other' })).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'database is not that of the session',
  });
});

test('sessions are listed by place and in pages', async () => {
  const client = dataClient(duckshift);
  for (let i = 0; i < 3; i++) {
    const call = { WorkgroupName: 'listed', Database: 'dev', Sql: 'SELECT 1', SessionKeepAliveSeconds: 60 };
    await ended(client, (await client.send(new ExecuteStatementCommand(call))).Id);
  }
  const first = await client.send(new ListSessionsCommand({ WorkgroupName: 'listed', MaxResults: 2 }));
  expect(first.Sessions).toHaveLength(2);
  const second = await client.send(
    new ListSessionsCommand({ WorkgroupName: 'listed', MaxResults: 2, NextToken: first.NextToken }),
  );
  expect(second.Sessions).toHaveLength(1);
  expect(second.NextToken).toBeUndefined();
  const ids = [...(first.Sessions ?? []), ...(second.Sessions ?? [])].map(({ SessionId }) => SessionId);
  expect(new Set(ids).size).toBe(3);
});

test('an administrator may end a session', async () => {
  const client = dataClient(duckshift);
  const session = await open(client);
  const [[pid]] = (await within(client, session, 'SELECT pg_backend_pid()')) as [[number]];
  await duckshift.query(`SELECT pg_terminate_backend(${pid})`);
  await expect(within(client, session, 'SELECT 1')).rejects.toThrow('Session is not available.');
});
