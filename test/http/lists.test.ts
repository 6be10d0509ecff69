import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  ListStatementsCommand,
  type ListStatementsCommandInput,
  paginateListStatements,
  type RedshiftDataClient,
  type StatementData,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { cluster, dataClient, ended, run } from './aws-clients.js';

/** ListStatements, and how long statements are remembered. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

async function list(client: RedshiftDataClient, input: ListStatementsCommandInput): Promise<StatementData[]> {
  return (await client.send(new ListStatementsCommand(input))).Statements ?? [];
}

test('those that finished, newest first, unless another status is asked for', async () => {
  const client = dataClient(duckshift);
  const Parameters = [{ name: 'p', value: '1' }];
  await run(client, 'SELECT :p::int', { StatementName: 'status-a', Parameters });
  await run(client, 'SELECT nope', { StatementName: 'status-b' });
  const begun = await client.send(
    new BatchExecuteStatementCommand({ ...cluster, Sqls: ['SELECT 1', 'SELECT 2'], StatementName: 'status-c' }),
  );
  await ended(client, begun.Id);
  const names = async (input: ListStatementsCommandInput) =>
    (await list(client, { StatementName: 'status-', ...input })).map(({ StatementName }) => StatementName);
  expect(await names({})).toEqual(['status-c', 'status-a']);
  expect(await names({ Status: 'FAILED' })).toEqual(['status-b']);
  expect(await names({ Status: 'ALL', RoleLevel: false })).toEqual(['status-c', 'status-b', 'status-a']);
  expect(await names({ Status: 'ABORTED' })).toEqual([]);
  expect(await names({ StatementName: 'status-a' })).toEqual(['status-a']);
  const [batch, single] = await list(client, { StatementName: 'status-' });
  expect(batch).toMatchObject({ Id: begun.Id, IsBatchStatement: true, QueryStrings: ['SELECT 1', 'SELECT 2'] });
  expect(batch).not.toHaveProperty('QueryString');
  expect(single).toMatchObject({
    IsBatchStatement: false,
    QueryString: 'SELECT :p::int',
    QueryParameters: Parameters,
    ResultFormat: 'JSON',
    Status: 'FINISHED',
  });
  expect(single?.CreatedAt).toBeInstanceOf(Date);
});

test('in pages, while new ones come', async () => {
  const client = dataClient(duckshift);
  for (let n = 0; n < 7; n++) await run(client, 'SELECT 1', { StatementName: `paged-${n}` });
  const seen: (string | undefined)[] = [];
  for await (const page of paginateListStatements({ client, pageSize: 3 }, { StatementName: 'paged-' })) {
    seen.push(...(page.Statements ?? []).map(({ StatementName }) => StatementName));
    await run(client, 'SELECT 1', { StatementName: 'paged-late' });
  }
  expect(seen).toEqual(['paged-6', 'paged-5', 'paged-4', 'paged-3', 'paged-2', 'paged-1', 'paged-0']);
  await expect(client.send(new ListStatementsCommand({ MaxResults: 101 }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('by cluster, workgroup and database', async () => {
  const client = dataClient(duckshift);
  await run(client, 'SELECT 1', { ClusterIdentifier: 'elsewhere' });
  await run(client, 'SELECT 1', { ClusterIdentifier: undefined, WorkgroupName: 'serverless' });
  expect(await list(client, { ClusterIdentifier: 'elsewhere', Database: 'dev' })).toHaveLength(1);
  expect(await list(client, { ClusterIdentifier: 'elsewhere', Database: 'other' })).toHaveLength(0);
  expect(await list(client, { WorkgroupName: 'serverless' })).toHaveLength(1);
  await expect(list(client, { WorkgroupName: 'a', ClusterIdentifier: 'b' })).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('a statement and its result are remembered for a day, a client token for eight hours', async () => {
  const client = dataClient(duckshift);
  const call = { ...cluster, Sql: 'SELECT 1', ClientToken: 'remembered' };
  const { Id } = await client.send(new ExecuteStatementCommand(call));
  await ended(client, Id);
  await duckshift.clock.advance(7 * 3_600_000);
  expect(await client.send(new ExecuteStatementCommand(call))).toMatchObject({ Id });
  await duckshift.clock.advance(2 * 3_600_000);
  const again = await client.send(new ExecuteStatementCommand(call));
  expect(again.Id).not.toBe(Id);
  await ended(client, again.Id);
  expect((await client.send(new GetStatementResultCommand({ Id }))).Records).toHaveLength(1);
  await duckshift.clock.advance(16 * 3_600_000);
  await expect(client.send(new DescribeStatementCommand({ Id }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect(await client.send(new DescribeStatementCommand({ Id: again.Id }))).toMatchObject({ Status: 'FINISHED' });
});

test('a reset forgets them', async () => {
  const client = dataClient(duckshift);
  const { Id } = await run(client, 'SELECT 1');
  await duckshift.reset();
  await expect(client.send(new DescribeStatementCommand({ Id }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect(await list(client, { Status: 'ALL' })).toEqual([]);
});
