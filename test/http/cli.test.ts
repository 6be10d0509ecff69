import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { awsCli } from './aws-cli.js';

/** The AWS CLI as Debian ships it, which is older than the SDKs: it knows neither sessions nor CSV. */

// Each call starts a Python.
vi.setConfig({ testTimeout: 120_000 });

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

async function aws(...args: string[]): Promise<Record<string, unknown>> {
  const { status, out, err } = await awsCli(duckshift.dataApiEndpoint, args);
  if (status !== 0) throw new Error(err.trim());
  return out === '' ? {} : JSON.parse(out);
}

async function described(id: unknown): Promise<Record<string, unknown>> {
  for (;;) {
    const description = await aws('redshift-data', 'describe-statement', '--id', String(id));
    if (['FINISHED', 'FAILED', 'ABORTED'].includes(String(description.Status))) return description;
  }
}

const where = ['--cluster-identifier', 'analytics', '--database', 'dev', '--db-user', 'awsuser'];

test('a statement with parameters, its description and its result', async () => {
  const parameters = JSON.stringify([{ name: 'who', value: 'Seattle' }]);
  const begun = await aws(
    ...['redshift-data', 'execute-statement', ...where, '--parameters', parameters],
    ...['--statement-name', 'from-cli', '--sql', 'SELECT 1 AS n, :who::varchar AS city, NULL AS nothing'],
  );
  expect(begun).toMatchObject({ ClusterIdentifier: 'analytics', Database: 'dev', DbUser: 'awsuser' });
  expect(begun.CreatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
  expect(await described(begun.Id)).toMatchObject({ Status: 'FINISHED', HasResultSet: true, ResultRows: 1 });
  const result = await aws('redshift-data', 'get-statement-result', '--id', String(begun.Id));
  expect(result).toMatchObject({
    Records: [[{ longValue: 1 }, { stringValue: 'Seattle' }, { isNull: true }]],
    TotalNumRows: 1,
  });
  const { Statements } = await aws('redshift-data', 'list-statements', '--statement-name', 'from-cli');
  expect(Statements).toHaveLength(1);
});

test('a batch that fails in the middle', async () => {
  const { Id } = await aws(
    'redshift-data',
    'batch-execute-statement',
    ...where,
    '--sqls',
    'SELECT 1',
    'SELEC 2',
    'SELECT 3',
  );
  const description = await described(Id);
  expect(description).toMatchObject({
    Status: 'FAILED',
    Error: 'Query #2 failed with ERROR: syntax error at or near "SELEC"\n  Position: 1',
    SubStatements: [{ Status: 'FINISHED' }, { Status: 'FAILED' }, { Status: 'ABORTED' }],
  });
});

test('result pages are put together by the CLI', async () => {
  const { Id } = await aws(
    ...[
      'redshift-data',
      'execute-statement',
      ...where,
      '--sql',
      'SELECT x FROM generate_series(1, 2500) s(x) ORDER BY x',
    ],
  );
  await described(Id);
  const { Records } = await aws('redshift-data', 'get-statement-result', '--id', String(Id));
  expect(Records).toHaveLength(2500);
});

test('errors have the names that scripts look for', async () => {
  const unknown = awsCli(duckshift.dataApiEndpoint, [
    ...['redshift-data', 'describe-statement', '--id', '70662acc-f334-46f8-b953-3a9546796d7d'],
  ]);
  expect(await unknown).toMatchObject({
    status: 254,
    err: expect.stringContaining(
      'An error occurred (ResourceNotFoundException) when calling the DescribeStatement operation: Query does not exist.',
    ),
  });
});

test('catalogs, credentials and endpoints', async () => {
  expect(await aws('redshift-data', 'list-databases', ...where)).toMatchObject({ Databases: ['dev'] });
  expect(
    await aws(
      'redshift-data',
      'list-tables',
      ...where,
      '--schema-pattern',
      'pg_catalog',
      '--table-pattern',
      'pg_class',
    ),
  ).toMatchObject({ Tables: [{ name: 'pg_class', schema: 'pg_catalog' }] });
  expect(
    await aws('redshift', 'get-cluster-credentials', '--db-user', 'me', '--cluster-identifier', 'c', '--auto-create'),
  ).toMatchObject({ DbUser: 'IAMA:me', DbPassword: expect.any(String), Expiration: expect.any(String) });
  expect(await aws('redshift', 'describe-clusters', '--cluster-identifier', 'c')).toMatchObject({
    Clusters: [{ ClusterIdentifier: 'c', Endpoint: { Address: '127.0.0.1' } }],
  });
  expect(await aws('redshift-serverless', 'get-workgroup', '--workgroup-name', 'any')).toMatchObject({
    workgroup: { workgroupName: 'any', status: 'AVAILABLE' },
  });
  expect(await aws('redshift-serverless', 'get-credentials', '--workgroup-name', 'any')).toMatchObject({
    dbUser: 'IAM:awsuser',
    dbPassword: expect.any(String),
  });
});
