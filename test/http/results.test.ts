import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  GetStatementResultV2Command,
  paginateGetStatementResult,
  paginateGetStatementResultV2,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { cluster, dataClient, fieldValue, rows, run } from './aws-clients.js';

/** Values, metadata, pages and formats of results. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

describe('Field and ColumnMetadata of every type', () => {
  const string = (value: string) => ({ stringValue: value });
  const measures = (precision: number, scale = 0) => ({ precision, scale });
  const letters = { isCaseSensitive: true, isSigned: false };
  const digits = { isCaseSensitive: false, isSigned: true };
  const neither = { isCaseSensitive: false, isSigned: false };
  test.each([
    ['true', 'bool', { booleanValue: true }, { ...neither, ...measures(1) }],
    ['false', 'bool', { booleanValue: false }, { ...neither, ...measures(1) }],
    ['(-7)::smallint', 'int2', { longValue: -7 }, { ...digits, ...measures(5) }],
    ['7', 'int4', { longValue: 7 }, { ...digits, ...measures(10) }],
    ['7::bigint', 'int8', { longValue: 7 }, { ...digits, ...measures(19) }],
    ['1.5::real', 'float4', { doubleValue: 1.5 }, { ...digits, ...measures(8, 8) }],
    ['1e300::float8', 'float8', { doubleValue: 1e300 }, { ...digits, ...measures(17, 17) }],
    ["'infinity'::float8", 'float8', { doubleValue: Number.POSITIVE_INFINITY }, {}],
    ["'-infinity'::float8", 'float8', { doubleValue: Number.NEGATIVE_INFINITY }, {}],
    ["'nan'::float8", 'float8', { doubleValue: Number.NaN }, {}],
    ['12.50::numeric(10,2)', 'numeric', string('12.50'), { ...digits, ...measures(10, 2) }],
    ["'ab'::char(4)", 'bpchar', string('ab  '), { ...letters, ...measures(4) }],
    [`'ü"\\\\,'::varchar(20)`, 'varchar', string('ü"\\,'), { ...letters, ...measures(20) }],
    ["'2024-02-29'::date", 'date', string('2024-02-29'), { ...neither, ...measures(13) }],
    ["'12:34:56.5'::time", 'time', string('12:34:56.5'), { ...neither, ...measures(15, 6) }],
    ["'12:34:56+00'::timetz", 'timetz', string('12:34:56+00'), { ...neither, ...measures(21, 6) }],
    [
      "'2024-02-29 12:34:56'::timestamp",
      'timestamp',
      string('2024-02-29 12:34:56'),
      { ...neither, ...measures(29, 6) },
    ],
    [
      "'2024-02-29 12:34:56+02'::timestamptz",
      'timestamptz',
      string('2024-02-29 10:34:56+00'),
      { ...neither, ...measures(35, 6) },
    ],
    [`JSON_PARSE('{"a": [1, null]}')`, 'super', string('{"a":[1,null]}'), letters],
    ["to_varbyte('ff00', 'hex')", 'varbyte', string('ff00'), letters],
    ['NULL::int', 'int4', { isNull: true }, digits],
    ['NULL::super', 'super', { isNull: true }, letters],
    ["''::varchar(3)", 'varchar', string(''), measures(3)],
  ])('%s', async (expression, typeName, field, metadata) => {
    const client = dataClient(duckshift);
    const { Id } = await run(client, `SELECT ${expression} AS value`);
    const { Records, ColumnMetadata, TotalNumRows, NextToken } = await client.send(
      new GetStatementResultCommand({ Id }),
    );
    expect(Records).toEqual([[field]]);
    expect(TotalNumRows).toBe(1);
    expect(NextToken).toBeUndefined();
    expect(ColumnMetadata).toHaveLength(1);
    expect(ColumnMetadata?.[0]).toMatchObject({
      name: 'value',
      label: 'value',
      typeName,
      nullable: 1,
      isCurrency: false,
      length: 0,
      schemaName: '',
      tableName: '',
      ...metadata,
    });
  });

  test('columns of a table say where they are from', async () => {
    const client = dataClient(duckshift);
    await run(client, 'CREATE TABLE origin (a int NOT NULL, b varchar(5))');
    const { Id } = await run(client, 'SELECT a, b AS renamed, a + 1 AS computed FROM origin');
    const { ColumnMetadata } = await client.send(new GetStatementResultCommand({ Id }));
    expect(ColumnMetadata?.map(({ label, schemaName, tableName }) => [label, schemaName, tableName])).toEqual([
      ['a', 'public', 'origin'],
      ['renamed', 'public', 'origin'],
      ['computed', '', ''],
    ]);
  });
});

test('a BIGINT keeps all its digits on the wire', async () => {
  const client = dataClient(duckshift);
  const { Id } = await run(client, 'SELECT 9223372036854775807::bigint AS n, 9007199254740993::bigint');
  const answer = await fetch(duckshift.dataApiEndpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'RedshiftData.GetStatementResult' },
    body: JSON.stringify({ Id }),
  });
  expect(await answer.text()).toContain('[[{"longValue":9223372036854775807},{"longValue":9007199254740993}]]');
});

describe('pages', () => {
  test('10,000 rows by NextToken, each once and in order', async () => {
    const client = dataClient(duckshift);
    const { Id, ResultRows } = await run(client, 'SELECT x, x * 2 AS y FROM generate_series(1, 10000) s(x) ORDER BY x');
    expect(ResultRows).toBe(10_000);
    const seen: unknown[] = [];
    let pages = 0;
    for await (const page of paginateGetStatementResult({ client }, { Id })) {
      pages++;
      expect(page.TotalNumRows).toBe(10_000);
      expect(page.ColumnMetadata).toHaveLength(2);
      seen.push(...(page.Records ?? []).map((record) => record.map(fieldValue)));
    }
    expect(pages).toBe(10);
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, index) => [index + 1, (index + 1) * 2]));
  });

  test('large rows make small pages', async () => {
    const client = dataClient(duckshift);
    const { Id, ResultSize } = await run(
      client,
      `SELECT x, repeat('x', 60000) AS big FROM generate_series(1, 100) s(x)`,
    );
    expect(ResultSize).toBeGreaterThan(6_000_000);
    const sizes: number[] = [];
    for await (const page of paginateGetStatementResult({ client }, { Id })) sizes.push(page.Records?.length ?? 0);
    expect(sizes).toEqual([17, 17, 17, 17, 17, 15]);
  });

  test('a token is good for its own result only', async () => {
    const client = dataClient(duckshift);
    const sql = 'SELECT x FROM generate_series(1, 3000) s(x)';
    const [one, other] = [await run(client, sql), await run(client, sql)];
    const { NextToken } = await client.send(new GetStatementResultCommand({ Id: one.Id }));
    expect(NextToken).toBeDefined();
    for (const call of [
      { Id: other.Id, NextToken },
      { Id: one.Id, NextToken: 'nonsense' },
    ])
      await expect(client.send(new GetStatementResultCommand(call))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    const again = await client.send(new GetStatementResultCommand({ Id: one.Id, NextToken }));
    expect(again.Records?.[0]).toEqual([{ longValue: 1001 }]);
  });

  test('a result without rows has columns', async () => {
    const client = dataClient(duckshift);
    const { Id } = await run(client, 'SELECT 1 AS one WHERE false');
    expect(await client.send(new GetStatementResultCommand({ Id }))).toMatchObject({
      Records: [],
      TotalNumRows: 0,
      ColumnMetadata: [{ name: 'one' }],
    });
  });
});

describe('CSV', () => {
  test('is quoted where it must be; NULL is nothing', async () => {
    const client = dataClient(duckshift);
    const { Id, ResultFormat } = await run(
      client,
      `SELECT 1 AS a, 'x,y' AS b, 'say "hi"' AS c, NULL AS d, '' AS e, true AS f UNION ALL SELECT 2, 'plain', 'two\nlines', 'z', 'w', false ORDER BY 1`,
      { ResultFormat: 'CSV' },
    );
    expect(ResultFormat).toBe('CSV');
    const answer = await client.send(new GetStatementResultV2Command({ Id }));
    expect(answer).toMatchObject({ ResultFormat: 'CSV', TotalNumRows: 2 });
    expect(answer.ColumnMetadata?.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(answer.Records).toEqual([{ CSVRecords: '1,"x,y","say ""hi""",,"",t\n2,plain,"two\nlines",z,w,f\n' }]);
  });

  test('comes in pages too', async () => {
    const client = dataClient(duckshift);
    const { Id } = await run(client, 'SELECT x FROM generate_series(1, 2500) s(x)', { ResultFormat: 'CSV' });
    let text = '';
    for await (const page of paginateGetStatementResultV2({ client }, { Id })) text += page.Records?.[0]?.CSVRecords;
    expect(text).toBe(Array.from({ length: 2500 }, (_, index) => `${index + 1}\n`).join(''));
  });

  test('each format has its own operation', async () => {
    const client = dataClient(duckshift);
    const csv = await run(client, 'SELECT 1', { ResultFormat: 'CSV' });
    const json = await run(client, 'SELECT 1');
    await expect(client.send(new GetStatementResultCommand({ Id: csv.Id }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(client.send(new GetStatementResultV2Command({ Id: json.Id }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

test('a statement that failed or still runs has no result', async () => {
  const client = dataClient(duckshift);
  const { Id } = await run(client, 'SELECT nope');
  await expect(client.send(new GetStatementResultCommand({ Id }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Query does not have result. Please check query status with DescribeStatement.',
  });
  const begun = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 1' }));
  const description = await client.send(new DescribeStatementCommand({ Id: begun.Id }));
  if (description.Status !== 'FINISHED')
    expect(description).toMatchObject({ ResultRows: -1, ResultSize: -1, Duration: -1 });
});

test('what was read stays as it was, whatever happens to the table', async () => {
  const client = dataClient(duckshift);
  await run(client, 'CREATE TABLE fleeting AS SELECT 1 AS a');
  const { Id } = await run(client, 'SELECT a FROM fleeting');
  await run(client, 'DROP TABLE fleeting');
  expect((await client.send(new GetStatementResultCommand({ Id }))).Records).toEqual([[{ longValue: 1 }]]);
  expect(await rows(client, `SELECT count(*) FROM pg_class WHERE relname = 'fleeting'`)).toEqual([[0]]);
});
