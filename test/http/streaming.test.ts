import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { awsCli } from './aws-cli.js';
import { clientSettings, cluster, dataClient, ended, rows, run } from './aws-clients.js';

/** Streaming ingestion by applications that never open port 5439. */

vi.setConfig({ testTimeout: 120_000 });

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift({ streams: [{ name: 'clicks', shards: 2 }] });
});
afterAll(() => duckshift.stop());

async function put(stream: string, events: readonly object[]): Promise<void> {
  const kinesis = new KinesisClient({
    ...clientSettings(duckshift),
    endpoint: duckshift.kinesisEndpoint,
    requestHandler: new NodeHttpHandler(),
  });
  onTestFinished(() => kinesis.destroy());
  const Records = events.map((event, n) => ({ PartitionKey: `p${n}`, Data: Buffer.from(JSON.stringify(event)) }));
  await kinesis.send(new PutRecordsCommand({ StreamName: stream, Records }));
}

/** The helper that Lambda functions and custom resources have: run it, poll, throw the reason. */
async function executeAndWait(client: RedshiftDataClient, Sql: string): Promise<string> {
  const { Id = '' } = await client.send(
    new ExecuteStatementCommand({ WorkgroupName: 'default-workgroup', Database: 'dev', Sql }),
  );
  for (let attempt = 0; ; attempt++) {
    const { Status, Error: reason } = await client.send(new DescribeStatementCommand({ Id }));
    if (Status === 'FINISHED') return Id;
    if (Status === 'FAILED' || Status === 'ABORTED') throw new Error(`Statement status was ${Status}: ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, Math.min(10 * 2 ** attempt, 200)));
  }
}

test('from the external schema to rows', async () => {
  const client = dataClient(duckshift);
  await executeAndWait(client, 'CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  await executeAndWait(
    client,
    `CREATE MATERIALIZED VIEW clicks_view AS SELECT approximate_arrival_timestamp, partition_key, shard_id, sequence_number,
      JSON_PARSE(kinesis_data) AS event FROM kds.clicks WHERE CAN_JSON_PARSE(kinesis_data)`,
  );
  await put('clicks', [
    { user: 1, kind: 'view' },
    { user: 2, kind: 'buy' },
    { user: 1, kind: 'buy' },
  ]);
  await executeAndWait(client, 'REFRESH MATERIALIZED VIEW clicks_view');
  const Id = await executeAndWait(
    client,
    'SELECT event."user"::int AS "user", count(*) AS events FROM clicks_view GROUP BY 1 ORDER BY 1',
  );
  const { Records, ColumnMetadata } = await client.send(new GetStatementResultCommand({ Id }));
  expect(Records).toEqual([
    [{ longValue: 1 }, { longValue: 2 }],
    [{ longValue: 2 }, { longValue: 1 }],
  ]);
  expect(ColumnMetadata?.map(({ name, typeName }) => [name, typeName])).toEqual([
    ['user', 'int4'],
    ['events', 'int8'],
  ]);
  await expect(executeAndWait(client, 'CREATE MATERIALIZED VIEW clicks_view AS SELECT 1 AS a')).rejects.toThrow(
    'Statement status was FAILED: ERROR: relation "clicks_view" already exists',
  );
  expect(
    await rows(
      client,
      `SELECT status FROM sys_mv_refresh_history WHERE mv_name = 'clicks_view' AND refresh_type = 'Manual'`,
    ),
  ).toHaveLength(1);
});

test('all of it in one batch, as a deployment does', async () => {
  const client = dataClient(duckshift);
  await duckshift.createStream('orders', 1);
  await put('orders', [{ id: 7 }]);
  const { Id } = await client.send(
    new BatchExecuteStatementCommand({
      ...cluster,
      Sqls: [
        'CREATE EXTERNAL SCHEMA IF NOT EXISTS deployed FROM KINESIS IAM_ROLE default',
        'CREATE MATERIALIZED VIEW orders_view AUTO REFRESH YES AS SELECT JSON_PARSE(kinesis_data) AS o FROM deployed.orders',
        'CREATE VIEW order_ids AS SELECT o.id::int AS id FROM orders_view',
      ],
    }),
  );
  expect(await ended(client, Id)).toMatchObject({ Status: 'FINISHED' });
  await duckshift.waitFor('orders_view');
  expect(await rows(client, 'SELECT id FROM order_ids')).toEqual([[7]]);
});

test('many views are created at once', async () => {
  const client = dataClient(duckshift);
  await run(client, 'CREATE EXTERNAL SCHEMA many FROM KINESIS IAM_ROLE default');
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      executeAndWait(
        client,
        `CREATE MATERIALIZED VIEW many_${n} AS SELECT partition_key, JSON_PARSE(kinesis_data) AS event FROM many.clicks`,
      ),
    ),
  );
  expect(await rows(client, `SELECT count(*) FROM svv_mv_info WHERE name LIKE 'many%'`)).toEqual([[20]]);
  // Of several that want one name, one gets it.
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      executeAndWait(client, 'CREATE MATERIALIZED VIEW wanted AS SELECT partition_key FROM many.clicks'),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected')
      expect(outcome.reason.message).toBe('Statement status was FAILED: ERROR: relation "wanted" already exists');
});

test('an endpoint variable is all a program needs', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_REDSHIFT_DATA', duckshift.dataApiEndpoint);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { region, credentials } = clientSettings(duckshift);
  const client = new RedshiftDataClient({ region, credentials });
  onTestFinished(() => client.destroy());
  expect(await rows(client, 'SELECT 1')).toEqual([[1]]);
});

test('the AWS CLI from schema to rows', async () => {
  const aws = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { status, out, err } = await awsCli(duckshift.dataApiEndpoint, ['redshift-data', ...args]);
    if (status !== 0) throw new Error(err);
    return JSON.parse(out);
  };
  await duckshift.createStream('from-cli', 1);
  await put('from-cli', [{ n: 1 }, { n: 2 }]);
  const where = ['--workgroup-name', 'default', '--database', 'dev'];
  const sqls = [
    'CREATE EXTERNAL SCHEMA cli FROM KINESIS IAM_ROLE default',
    'CREATE MATERIALIZED VIEW cli_view AS SELECT JSON_PARSE(kinesis_data) AS d FROM cli."from-cli"',
  ];
  const { Id } = await aws('batch-execute-statement', ...where, '--sqls', ...sqls);
  await ended(dataClient(duckshift), String(Id));
  const refresh = await aws('execute-statement', ...where, '--sql', 'REFRESH MATERIALIZED VIEW cli_view');
  await ended(dataClient(duckshift), String(refresh.Id));
  const query = await aws('execute-statement', ...where, '--sql', 'SELECT sum(d.n::int) AS total FROM cli_view');
  await ended(dataClient(duckshift), String(query.Id));
  expect(await aws('get-statement-result', '--id', String(query.Id))).toMatchObject({
    Records: [[{ longValue: 3 }]],
    ColumnMetadata: [{ name: 'total' }],
  });
});
