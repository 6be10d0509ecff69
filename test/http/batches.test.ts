import {
  BatchExecuteStatementCommand,
  type BatchExecuteStatementCommandInput,
  CancelStatementCommand,
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  GetStatementResultCommand,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { cluster, dataClient, ended, rows, run } from './aws-clients.js';
import { longQuery } from './long-query.js';
import { untilStarted } from './until-started.js';

/** BatchExecuteStatement through the AWS SDK. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

async function batch(
  client: RedshiftDataClient,
  sqls: readonly string[],
  more: Partial<BatchExecuteStatementCommandInput> = {},
): Promise<DescribeStatementCommandOutput> {
  const { Id } = await client.send(new BatchExecuteStatementCommand({ ...cluster, Sqls: [...sqls], ...more }));
  return await ended(client, Id);
}

function statuses({ SubStatements = [] }: DescribeStatementCommandOutput): unknown[] {
  return SubStatements.map(({ Status }) => Status);
}

test('statements run in order, each with an id, a text and a result of its own', async () => {
  const client = dataClient(duckshift);
  const sqls = [
    'CREATE TABLE ordered (a int)',
    'INSERT INTO ordered VALUES (1), (2)',
    'SELECT a FROM ordered ORDER BY a;',
  ];
  const done = await batch(client, sqls);
  expect(done).toMatchObject({
    Status: 'FINISHED',
    ExecutionMode: 'TRANSACTION',
    HasResultSet: true,
    RedshiftQueryId: 0,
    ResultRows: -1,
    ResultSize: -1,
  });
  expect(done).not.toHaveProperty('QueryString');
  expect(done.SubStatements).toMatchObject([
    { Id: `${done.Id}:1`, QueryString: sqls[0], Status: 'FINISHED', HasResultSet: false, ResultRows: 0 },
    { Id: `${done.Id}:2`, QueryString: sqls[1], Status: 'FINISHED', HasResultSet: false, ResultRows: 2 },
    { Id: `${done.Id}:3`, QueryString: sqls[2], Status: 'FINISHED', HasResultSet: true, ResultRows: 2, ResultSize: 2 },
  ]);
  for (const part of done.SubStatements ?? []) {
    expect(part.Duration).toBeGreaterThan(0);
    expect(part.RedshiftQueryId).toBeGreaterThan(0);
  }
  const third = { Id: `${done.Id}:3` };
  expect((await client.send(new GetStatementResultCommand(third))).Records).toEqual([
    [{ longValue: 1 }],
    [{ longValue: 2 }],
  ]);
  expect(await client.send(new DescribeStatementCommand(third))).toMatchObject({ ...third, QueryString: sqls[2] });
  await expect(client.send(new GetStatementResultCommand({ Id: done.Id }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'BatchExecuteStatement result can only be retrieved with sub-statement id.',
  });
  await expect(client.send(new DescribeStatementCommand({ Id: `${done.Id}:4` }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

describe('TRANSACTION', () => {
  test('a failure in the middle undoes everything', async () => {
    const client = dataClient(duckshift);
    await run(client, 'CREATE TABLE kept (a int)');
    const done = await batch(client, [
      'INSERT INTO kept VALUES (1)',
      'CREATE TABLE half (a int)',
      'INSERT INTO no_such_table VALUES (1)',
      'INSERT INTO kept VALUES (2)',
    ]);
    expect(done).toMatchObject({
      Status: 'FAILED',
      Error: 'Query #3 failed with ERROR: relation "no_such_table" does not exist',
      HasResultSet: false,
    });
    expect(statuses(done)).toEqual(['FINISHED', 'FINISHED', 'FAILED', 'ABORTED']);
    expect(done.SubStatements?.[2]?.Error).toBe('ERROR: relation "no_such_table" does not exist');
    expect(done.SubStatements?.[0]).not.toHaveProperty('Error');
    expect(await rows(client, 'SELECT count(*) FROM kept')).toEqual([[0]]);
    expect(await rows(client, `SELECT count(*) FROM pg_class WHERE relname = 'half'`)).toEqual([[0]]);
  });

  test('nobody sees it before it is done', async () => {
    const client = dataClient(duckshift);
    await run(client, 'CREATE TABLE unseen (a int)');
    const { Id } = await client.send(
      new BatchExecuteStatementCommand({ ...cluster, Sqls: ['INSERT INTO unseen VALUES (1)', longQuery] }),
    );
    await untilStarted(client, Id && `${Id}:2`);
    expect(await rows(client, 'SELECT count(*) FROM unseen')).toEqual([[0]]);
    await client.send(new CancelStatementCommand({ Id }));
    const done = await ended(client, Id);
    expect(done.Status).toBe('ABORTED');
    expect(statuses(done)).toEqual(['FINISHED', 'ABORTED']);
    expect(await rows(client, 'SELECT count(*) FROM unseen')).toEqual([[0]]);
  });

  test('what cannot run in a transaction fails', async () => {
    const done = await batch(dataClient(duckshift), ['SELECT 1', 'VACUUM']);
    expect(done.Error).toBe('Query #2 failed with ERROR: VACUUM cannot run inside a transaction block');
  });

  test('COMMIT in the middle keeps what came before it', async () => {
    const client = dataClient(duckshift);
    await run(client, 'CREATE TABLE halfway (a int)');
    await batch(client, ['INSERT INTO halfway VALUES (1)', 'COMMIT', 'INSERT INTO halfway VALUES (2)', 'SELECT nope']);
    expect(await rows(client, 'SELECT a FROM halfway')).toEqual([[1]]);
  });
});

describe('AUTO_COMMIT', () => {
  test('a failure leaves the others alone', async () => {
    const client = dataClient(duckshift);
    await run(client, 'CREATE TABLE single (a int)');
    const done = await batch(
      client,
      ['INSERT INTO single VALUES (1)', 'SELECT nope', 'INSERT INTO single VALUES (2)', 'VACUUM'],
      { ExecutionMode: 'AUTO_COMMIT' },
    );
    expect(done).toMatchObject({ Status: 'FAILED', ExecutionMode: 'AUTO_COMMIT' });
    expect(done.Error).toMatch(/^Query #2 failed with ERROR: column "nope" does not exist/);
    expect(statuses(done)).toEqual(['FINISHED', 'FAILED', 'FINISHED', 'FINISHED']);
    expect(await rows(client, 'SELECT a FROM single ORDER BY a')).toEqual([[1], [2]]);
  });

  test('cancelled: what ran stays, what had not begun never does', async () => {
    const client = dataClient(duckshift);
    await run(client, 'CREATE TABLE stays (a int)');
    const { Id } = await client.send(
      new BatchExecuteStatementCommand({
        ...cluster,
        Sqls: ['INSERT INTO stays VALUES (1)', longQuery, 'INSERT INTO stays VALUES (2)'],
        ExecutionMode: 'AUTO_COMMIT',
      }),
    );
    await untilStarted(client, Id && `${Id}:2`);
    // The id of a part stands for the batch.
    expect(await client.send(new CancelStatementCommand({ Id: `${Id}:2` }))).toMatchObject({ Status: true });
    const done = await ended(client, Id);
    expect(done.Status).toBe('ABORTED');
    expect(statuses(done)).toEqual(['FINISHED', 'ABORTED', 'ABORTED']);
    expect(await rows(client, 'SELECT a FROM stays')).toEqual([[1]]);
  });
});

describe('parameters', () => {
  test('are there for all statements; each may use some', async () => {
    const client = dataClient(duckshift);
    const Parameters = [
      { name: 'a', value: '1' },
      { name: 'b', value: 'two' },
    ];
    const done = await batch(client, ['SELECT :b::varchar', 'SELECT 0', 'SELECT :a::int, :b::varchar'], { Parameters });
    expect(done).toMatchObject({ Status: 'FINISHED', QueryParameters: Parameters });
    const { Records } = await client.send(new GetStatementResultCommand({ Id: `${done.Id}:3` }));
    expect(Records).toEqual([[{ longValue: 1 }, { stringValue: 'two' }]]);
  });

  test('each must be used by one at least', async () => {
    const call = batch(dataClient(duckshift), ['SELECT :a::int'], {
      Parameters: [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ],
    });
    await expect(call).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

test.each([
  [[], 'sqls must have at least 1 item'],
  [Array(41).fill('SELECT 1'), 'sqls must have at most 40 items'],
  [['SELECT 1', ''], 'sqls.2.member must have length greater than or equal to 1'],
])('%j is refused', async (sqls, message) => {
  await expect(batch(dataClient(duckshift), sqls)).rejects.toMatchObject({ name: 'ValidationException', message });
});

test('forty statements of the longest text', async () => {
  const sql = `SELECT len('${'x'.repeat(204_786)}')`;
  expect(await batch(dataClient(duckshift), Array(40).fill(sql))).toMatchObject({ Status: 'FINISHED' });
});
