import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { cluster, dataClient, ended, rows, run } from './aws-clients.js';
import { longQuery } from './long-query.js';
import { untilStarted } from './until-started.js';

/** ExecuteStatement, DescribeStatement, GetStatementResult and CancelStatement through the AWS SDK. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

test('a statement runs in the background and is described while and after it does', async () => {
  const client = dataClient(duckshift);
  const begun = await client.send(
    new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 1 AS one', StatementName: 'first', WithEvent: true }),
  );
  expect(begun).toMatchObject({ ...cluster, Status: 'SUBMITTED' });
  expect(begun).not.toHaveProperty('SessionId');
  expect(begun.CreatedAt).toBeInstanceOf(Date);
  const description = await ended(client, begun.Id);
  expect(description).toMatchObject({
    ...cluster,
    Id: begun.Id,
    Status: 'FINISHED',
    QueryString: 'SELECT 1 AS one',
    HasResultSet: true,
    ResultRows: 1,
    ResultSize: 1,
    ResultFormat: 'JSON',
    CreatedAt: begun.CreatedAt,
  });
  expect(description.Duration).toBeGreaterThan(0);
  expect(description.RedshiftPid).toBeGreaterThan(0);
  expect(description.RedshiftQueryId).toBeGreaterThan(0);
  expect(description.Error).toBeUndefined();
  expect(description.UpdatedAt?.getTime()).toBeGreaterThanOrEqual(begun.CreatedAt?.getTime() ?? 0);
});

test('cluster, workgroup, secret and user are taken as they come and given back', async () => {
  const client = dataClient(duckshift);
  const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:any-AbCdEf';
  const byWorkgroup = await run(client, 'SELECT current_user', {
    ClusterIdentifier: undefined,
    DbUser: undefined,
    WorkgroupName: 'my-workgroup',
    SecretArn: secret,
  });
  expect(byWorkgroup).toMatchObject({ WorkgroupName: 'my-workgroup', SecretArn: secret, Status: 'FINISHED' });
  expect(byWorkgroup).not.toHaveProperty('ClusterIdentifier');
  expect(await rows(client, 'SELECT current_user', { DbUser: 'analyst' })).toEqual([['analyst']]);
  expect(await rows(client, 'SELECT current_user', { DbUser: undefined })).toEqual([['IAM:awsuser']]);
});

test('rows changed, statements without rows, statements that are empty', async () => {
  const client = dataClient(duckshift);
  expect(await run(client, 'CREATE TABLE changed (a int)')).toMatchObject({
    Status: 'FINISHED',
    HasResultSet: false,
    ResultRows: 0,
    ResultSize: 0,
  });
  expect(await run(client, 'INSERT INTO changed VALUES (1), (2), (3)')).toMatchObject({ ResultRows: 3, ResultSize: 0 });
  expect(await run(client, 'DELETE FROM changed WHERE a > 1')).toMatchObject({ ResultRows: 2, HasResultSet: false });
  expect(await run(client, 'SELECT a FROM changed WHERE a > 1')).toMatchObject({ ResultRows: 0, HasResultSet: true });
  const empty = await run(client, '-- nothing but a comment');
  expect(empty).toMatchObject({ Status: 'FINISHED', HasResultSet: false });
  await expect(client.send(new GetStatementResultCommand({ Id: empty.Id }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Query does not have result. Please check query status with DescribeStatement.',
    ResourceId: empty.Id,
  });
});

describe('errors of statements are told by DescribeStatement', () => {
  test.each([
    ['SELECT :v, FROM event', 'ERROR: syntax error at or near "FROM"\n  Position: 12'],
    ['SELEC 1', 'ERROR: syntax error at or near "SELEC"\n  Position: 1'],
    ['SELECT 1; SELECT 2', 'ERROR: cannot insert multiple commands into a prepared statement'],
    ['SELECT * FROM no_such_table', 'ERROR: relation "no_such_table" does not exist'],
    ['SELECT $1', 'ERROR: there is no parameter $1'],
    ['CREATE VIEW event_data AS SELECT 1 AS a; ', undefined],
    ['CREATE VIEW event_data AS SELECT 2 AS a', 'ERROR: relation "event_data" already exists'],
    ['SELECT nope FROM event_data', 'ERROR: column "nope" does not exist in event_data'],
    ["SELECT 'x'::int", 'ERROR: invalid input syntax for integer: "x"'],
  ])('%s', async (sql, expected) => {
    const Parameters = sql.includes(':v') ? [{ name: 'v', value: 'eventname' }] : undefined;
    const description = await run(dataClient(duckshift), sql, { Parameters });
    expect(description.Error).toBe(expected);
    expect(description.Status).toBe(expected === undefined ? 'FINISHED' : 'FAILED');
    if (expected !== undefined) expect(description).toMatchObject({ QueryString: sql, ResultRows: -1, ResultSize: -1 });
  });

  test('a database that does not exist', async () => {
    expect(await run(dataClient(duckshift), 'SELECT 1', { Database: 'nowhere' })).toMatchObject({
      Status: 'FAILED',
      Error: 'FATAL: database "nowhere" does not exist',
      RedshiftPid: 0,
    });
  });
});

describe('named parameters', () => {
  test('are bound as values, wherever they stand', async () => {
    const client = dataClient(duckshift);
    await run(client, 'CREATE TABLE people (id int, name varchar(40), born date, height numeric(4,2), data super)');
    const Parameters = [
      { name: 'data', value: '{"tags": ["a"]}' },
      { name: 'name', value: `Robert'); DROP TABLE people; --` },
      { name: 'id', value: '7' },
      { name: 'born', value: '2001-02-03' },
      { name: 'height', value: '1.855' },
    ];
    const inserted = await run(
      client,
      'INSERT INTO people SELECT :id, :name, :born, :height, JSON_PARSE(:data) WHERE :id::int = 7',
      { Parameters },
    );
    expect(inserted).toMatchObject({ Status: 'FINISHED', ResultRows: 1, QueryParameters: Parameters });
    expect(
      await rows(client, 'SELECT * FROM people WHERE name = :name AND height > :low', {
        Parameters: [
          { name: 'name', value: `Robert'); DROP TABLE people; --` },
          { name: 'low', value: '1.8549' },
        ],
      }),
    ).toEqual([[7, `Robert'); DROP TABLE people; --`, '2001-02-03', '1.86', '{"tags":["a"]}']]);
  });

  test('the text NULL is a text', async () => {
    const Parameters = [{ name: 'v', value: 'null' }];
    expect(await rows(dataClient(duckshift), 'SELECT :v::varchar IS NULL, :v::varchar', { Parameters })).toEqual([
      [false, 'null'],
    ]);
  });

  test.each([
    [
      [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ],
      'Parameters list contains unused parameters. Unused parameters: [b]',
    ],
    [undefined, 'SQL contains parameters without values. Parameters without values: [a]'],
    [
      [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
      ],
      'Parameters list contains duplicate parameters. Duplicate parameters: [a]',
    ],
    [[{ name: 'a', value: '' }], 'parameters.1.member.value must have length greater than or equal to 1'],
    [[{ name: 'a b', value: '1' }], 'parameters.1.member.name must satisfy regex pattern: ^[0-9a-zA-Z_]+$'],
    [[], 'parameters must have at least 1 item'],
  ])('%j is refused', async (Parameters, message) => {
    const call = new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT :a::int', Parameters });
    await expect(dataClient(duckshift).send(call)).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});

describe('waiting', () => {
  test('ExecuteStatement with WaitTimeSeconds answers when the statement has ended', async () => {
    const client = dataClient(duckshift);
    const done = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 1', WaitTimeSeconds: 30 }));
    expect(done).toMatchObject({ Status: 'FINISHED', HasResultSet: true });
    expect(done.RedshiftPid).toBeGreaterThan(0);
    const failed = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'SELEC', WaitTimeSeconds: 30 }));
    expect(failed).toMatchObject({ Status: 'FAILED', HasResultSet: false });
  });

  test('DescribeStatement and GetStatementResult wait too', async () => {
    const client = dataClient(duckshift);
    const first = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 1' }));
    expect(await client.send(new DescribeStatementCommand({ Id: first.Id, WaitTimeSeconds: 30 }))).toMatchObject({
      Status: 'FINISHED',
    });
    const second = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 2' }));
    expect(await client.send(new GetStatementResultCommand({ Id: second.Id, WaitTimeSeconds: 30 }))).toMatchObject({
      Records: [[{ longValue: 2 }]],
    });
  });

  test('no longer than they were told', async () => {
    const client = dataClient(duckshift);
    const begun = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: longQuery, WaitTimeSeconds: 1 }));
    expect(begun).toMatchObject({ Status: 'STARTED' });
    expect(begun).not.toHaveProperty('HasResultSet');
    await client.send(new CancelStatementCommand({ Id: begun.Id }));
  });
});

describe('cancelling', () => {
  test('a long query ends as ABORTED, and only once', async () => {
    const client = dataClient(duckshift);
    const { Id } = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: longQuery }));
    await untilStarted(client, Id);
    expect(await client.send(new CancelStatementCommand({ Id }))).toMatchObject({ Status: true });
    const description = await ended(client, Id);
    expect(description).toMatchObject({ Status: 'ABORTED', HasResultSet: false, ResultRows: -1 });
    expect(description.Error).toBeUndefined();
    await expect(client.send(new CancelStatementCommand({ Id }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Could not cancel a query that is already in ABORTED state with ID: ${Id}`,
    });
  });

  test('a statement that has not begun', async () => {
    const client = dataClient(duckshift);
    const { Id } = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 1' }));
    const finished = await ended(client, Id);
    await expect(client.send(new CancelStatementCommand({ Id }))).rejects.toMatchObject({
      message: `Could not cancel a query that is already in ${finished.Status} state with ID: ${Id}`,
    });
  });
});

describe('ClientToken', () => {
  test('the same request again is the same statement', async () => {
    const client = dataClient(duckshift);
    await run(client, 'CREATE TABLE tokens (a int)');
    const call = { ...cluster, Sql: 'INSERT INTO tokens VALUES (1)', ClientToken: 'b855dced-259b-444c' };
    const begun = await Promise.all([1, 2, 3].map(() => client.send(new ExecuteStatementCommand(call))));
    expect(new Set(begun.map(({ Id }) => Id)).size).toBe(1);
    await ended(client, begun[0]?.Id);
    expect(await client.send(new ExecuteStatementCommand(call))).toMatchObject({
      Id: begun[0]?.Id,
      Status: 'FINISHED',
    });
    expect(await rows(client, 'SELECT count(*) FROM tokens')).toEqual([[1]]);
    await expect(
      client.send(new ExecuteStatementCommand({ ...call, Sql: 'INSERT INTO tokens VALUES (2)' })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      client.send(new ExecuteStatementCommand({ ...call, ClientToken: 'x'.repeat(65) })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('refused at once', () => {
  test.each([
    [
      'no cluster and no workgroup',
      { ClusterIdentifier: undefined },
      'Either clusterIdentifier or workgroupName must be provided',
    ],
    ['both', { WorkgroupName: 'also' }, 'clusterIdentifier and workgroupName cannot both be provided'],
    ['no database', { Database: undefined }, 'database must not be null'],
    ['no text', { Sql: undefined }, 'sql must not be null'],
    ['an empty text', { Sql: '' }, 'sql must have length greater than or equal to 1'],
    ['a text over the limit', { Sql: `SELECT '${'é'.repeat(102_400)}'` }, 'sql must be at most 204800 bytes long'],
    ['a wait too long', { WaitTimeSeconds: 31 }, 'waitTimeSeconds must be between 0 and 30'],
    [
      'a session kept too long',
      { SessionKeepAliveSeconds: 86_401 },
      'sessionKeepAliveSeconds must be between 0 and 86400',
    ],
    ['another format', { ResultFormat: 'XML' as 'CSV' }, 'resultFormat must satisfy enum value set: [JSON, CSV]'],
  ])('%s', async (_title, change, message) => {
    const call = new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 1', ...change });
    await expect(dataClient(duckshift).send(call)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('ids that are none, or nobody has', async () => {
    const client = dataClient(duckshift);
    await expect(client.send(new DescribeStatementCommand({ Id: 'nonsense' }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: String.raw`id must satisfy regex pattern: ^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d+)?$`,
    });
    const Id = '70662acc-f334-46f8-b953-3a9546796d7d';
    for (const call of [
      client.send(new DescribeStatementCommand({ Id })),
      client.send(new GetStatementResultCommand({ Id })),
      client.send(new CancelStatementCommand({ Id })),
    ])
      await expect(call).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Query does not exist.',
        ResourceId: Id,
      });
  });
});

test('the longest text the service takes', async () => {
  const sql = `SELECT len('${'x'.repeat(204_800 - 14)}')`;
  expect(Buffer.byteLength(sql)).toBe(204_800 - 0);
  expect(await rows(dataClient(duckshift), sql)).toEqual([[204_786]]);
});
