import {
  DescribeTableCommand,
  ListDatabasesCommand,
  ListSchemasCommand,
  ListTablesCommand,
  paginateListTables,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { cluster, dataClient } from './aws-clients.js';

/** ListDatabases, ListSchemas, ListTables and DescribeTable through the AWS SDK. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
  await duckshift.query(`
    CREATE SCHEMA sales;
    CREATE TABLE sales.orders (id bigint NOT NULL, code char(3), note varchar(20) DEFAULT 'none', amount numeric(10,2), at timestamp, extra super, raw varbyte(16), ok bool);
    CREATE TABLE sales.order_lines (id int PRIMARY KEY);
    CREATE TABLE sales.orderXlines (id int);
    CREATE VIEW sales.recent AS SELECT id, amount FROM sales.orders;
    CREATE MATERIALIZED VIEW sales.totals AS SELECT code, count(*) AS n FROM sales.orders GROUP BY code`);
});
afterAll(() => duckshift.stop());

test('databases', async () => {
  const client = dataClient(duckshift);
  expect(await client.send(new ListDatabasesCommand(cluster))).toMatchObject({ Databases: ['dev'] });
  await expect(client.send(new ListDatabasesCommand({ ...cluster, Database: undefined }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

describe('schemas', () => {
  test('all, and by pattern', async () => {
    const client = dataClient(duckshift);
    const { Schemas } = await client.send(new ListSchemasCommand(cluster));
    expect(Schemas).toEqual(expect.arrayContaining(['information_schema', 'pg_catalog', 'public', 'sales']));
    expect(await client.send(new ListSchemasCommand({ ...cluster, SchemaPattern: 's%' }))).toMatchObject({
      Schemas: ['sales'],
    });
    expect(
      await client.send(new ListSchemasCommand({ ...cluster, SchemaPattern: `'; DROP SCHEMA sales --` })),
    ).toMatchObject({
      Schemas: [],
    });
  });

  test('in pages', async () => {
    const client = dataClient(duckshift);
    const first = await client.send(new ListSchemasCommand({ ...cluster, MaxResults: 2 }));
    expect(first.Schemas).toHaveLength(2);
    const rest = await client.send(new ListSchemasCommand({ ...cluster, NextToken: first.NextToken }));
    expect([...(first.Schemas ?? []), ...(rest.Schemas ?? [])]).toEqual(
      (await client.send(new ListSchemasCommand(cluster))).Schemas,
    );
  });
});

describe('tables', () => {
  test('have a type; % and _ match as in LIKE', async () => {
    const client = dataClient(duckshift);
    const all = await client.send(
      new ListTablesCommand({ ...cluster, SchemaPattern: 'sales', TablePattern: 'order%' }),
    );
    expect(all.Tables).toEqual([
      { name: 'order_lines', schema: 'sales', type: 'TABLE' },
      { name: 'orders', schema: 'sales', type: 'TABLE' },
      { name: 'orderxlines', schema: 'sales', type: 'TABLE' },
    ]);
    const views = await client.send(
      new ListTablesCommand({ ...cluster, SchemaPattern: 'sales', TablePattern: '%t%s' }),
    );
    expect(views.Tables).toContainEqual({ name: 'totals', schema: 'sales', type: 'VIEW' });
    const system = await client.send(new ListTablesCommand({ ...cluster, TablePattern: 'svv_tables' }));
    expect(system.Tables).toEqual([{ name: 'svv_tables', schema: 'pg_catalog', type: 'SYSTEM VIEW' }]);
  });

  test('in pages by the SDK', async () => {
    const client = dataClient(duckshift);
    const names: (string | undefined)[] = [];
    const input = { ...cluster, SchemaPattern: 'sales', TablePattern: 'order%' };
    for await (const page of paginateListTables({ client, pageSize: 1 }, input))
      names.push(...(page.Tables ?? []).map(({ name }) => name));
    expect(names).toEqual(['order_lines', 'orders', 'orderxlines']);
  });
});

describe('DescribeTable', () => {
  test('the columns of a table', async () => {
    const client = dataClient(duckshift);
    const answer = await client.send(new DescribeTableCommand({ ...cluster, Schema: 'sales', Table: 'orders' }));
    expect(answer.TableName).toBe('orders');
    expect(
      answer.ColumnList?.map(({ name, typeName, nullable, length, precision, scale, columnDefault }) => [
        name,
        typeName,
        nullable,
        length,
        precision,
        scale,
        columnDefault,
      ]),
    ).toEqual([
      ['id', 'int8', 0, 19, 19, 0, undefined],
      ['code', 'bpchar', 1, 3, 3, 0, undefined],
      ['note', 'varchar', 1, 20, 20, 0, expect.stringContaining('none')],
      ['amount', 'numeric', 1, 10, 10, 2, undefined],
      ['at', 'timestamp', 1, 29, 29, 6, undefined],
      ['extra', 'super', 1, 2_147_483_647, 2_147_483_647, 0, undefined],
      ['raw', 'varbyte', 1, 16, 16, 0, undefined],
      ['ok', 'bool', 1, 1, 1, 0, undefined],
    ]);
    for (const column of answer.ColumnList ?? [])
      expect(column).toMatchObject({ schemaName: 'sales', tableName: 'orders', isCurrency: false });
  });

  test('of a materialized view; of all tables of a schema, in pages of whole tables; of none', async () => {
    const client = dataClient(duckshift);
    const view = await client.send(new DescribeTableCommand({ ...cluster, Schema: 'sales', Table: 'totals' }));
    expect(view.ColumnList?.map(({ name, typeName }) => [name, typeName])).toEqual([
      ['code', 'bpchar'],
      ['n', 'int8'],
    ]);
    const page = await client.send(new DescribeTableCommand({ ...cluster, Schema: 'sales', MaxResults: 2 }));
    expect(new Set(page.ColumnList?.map(({ tableName }) => tableName)).size).toBe(2);
    expect(page.NextToken).toBeDefined();
    const all = await client.send(new DescribeTableCommand({ ...cluster, Schema: 'sales' }));
    // The index behind a key is in the catalog, and is no table.
    expect(all.ColumnList?.map(({ tableName }) => tableName)).not.toContain('order_lines_pkey');
    const nothing = await client.send(new DescribeTableCommand({ ...cluster, Schema: 'sales', Table: 'nothing' }));
    expect(nothing).toMatchObject({ TableName: 'nothing', ColumnList: [] });
  });
});

test('a database that cannot be connected to', async () => {
  const client = dataClient(duckshift);
  client.config.maxAttempts = async () => 1;
  const failure = { name: 'DatabaseConnectionException', message: 'FATAL: database "nowhere" does not exist' };
  await expect(client.send(new ListTablesCommand({ ...cluster, Database: 'nowhere' }))).rejects.toMatchObject(failure);
  await expect(client.send(new ListSchemasCommand({ ...cluster, ConnectedDatabase: 'nowhere' }))).rejects.toMatchObject(
    failure,
  );
});
