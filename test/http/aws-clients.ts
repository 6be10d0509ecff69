import {
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  type Field,
  GetStatementResultCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { onTestFinished } from 'vitest';
import type { Duckshift } from '../../src/index.js';

/**
 * What an application sets to reach duckshift, and nothing else. Credentials are fixed, so that the SDK looks for none
 * elsewhere.
 */
export function clientSettings(server: Pick<Duckshift, 'dataApiEndpoint'>) {
  return {
    endpoint: server.dataApiEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
}

export function dataClient(server: Pick<Duckshift, 'dataApiEndpoint'>): RedshiftDataClient {
  const client = new RedshiftDataClient(clientSettings(server));
  onTestFinished(() => client.destroy());
  return client;
}

/** Where statements of tests run. */
export const cluster = { ClusterIdentifier: 'analytics', Database: 'dev', DbUser: 'awsuser' } as const;

/** Poll as applications do, until the statement has ended. */
export async function ended(
  client: RedshiftDataClient,
  id: string | undefined,
): Promise<DescribeStatementCommandOutput> {
  for (;;) {
    const description = await client.send(new DescribeStatementCommand({ Id: id }));
    if (['FINISHED', 'FAILED', 'ABORTED'].includes(description.Status ?? '')) return description;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Run a statement to its end. */
export async function run(
  client: RedshiftDataClient,
  sql: string,
  more: Partial<ExecuteStatementCommandInput> = {},
): Promise<DescribeStatementCommandOutput> {
  const { Id } = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: sql, ...more }));
  return await ended(client, Id);
}

/** Run a statement that must finish, and give the values of its first page. */
export async function rows(
  client: RedshiftDataClient,
  sql: string,
  more: Partial<ExecuteStatementCommandInput> = {},
): Promise<unknown[][]> {
  const { Id, Status, Error: reason } = await run(client, sql, more);
  if (Status !== 'FINISHED') throw new Error(`${Status}: ${reason}`);
  const { Records = [] } = await client.send(new GetStatementResultCommand({ Id }));
  return Records.map((row) => row.map(fieldValue));
}

/** The one member that a Field has; null for NULL. */
export function fieldValue(field: Field): unknown {
  if (field.isNull === true) return null;
  return Object.values(field)[0];
}
