import {
  CancelStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  ListStatementsCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { clientSettings, cluster, ended, fieldValue } from './aws-clients.js';
import { longQuery } from './long-query.js';

/** Many statements at once: bounded, and none is lost. */

vi.setConfig({ testTimeout: 120_000 });

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

function stormClient(): RedshiftDataClient {
  const client = new RedshiftDataClient({
    ...clientSettings(duckshift),
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ httpAgent: { maxSockets: 600 }, socketAcquisitionWarningTimeout: 60_000 }),
  });
  onTestFinished(() => client.destroy());
  return client;
}

test('500 at once all run, each with its own result', async () => {
  const client = stormClient();
  const ids = await Promise.all(
    Array.from({ length: 500 }, async (_, n) => {
      const Parameters = [{ name: 'n', value: String(n) }];
      return (await client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT :n::int', Parameters }))).Id;
    }),
  );
  const results = await Promise.all(
    ids.map(async (Id) => {
      expect((await ended(client, Id)).Status).toBe('FINISHED');
      const { Records = [] } = await client.send(new GetStatementResultCommand({ Id }));
      return Records[0]?.map(fieldValue)[0];
    }),
  );
  expect(results).toEqual(Array.from({ length: 500 }, (_, n) => n));
});

/** Opens a transaction that has made a table's name; others that want it wait until it ends. */
async function holdName(client: RedshiftDataClient, name: string): Promise<() => Promise<void>> {
  const { Id, SessionId } = await client.send(
    new ExecuteStatementCommand({ ...cluster, Sql: 'BEGIN', SessionKeepAliveSeconds: 600 }),
  );
  await ended(client, Id);
  const next = async (Sql: string) => {
    await ended(client, (await client.send(new ExecuteStatementCommand({ SessionId, Sql }))).Id);
  };
  await next(`CREATE TABLE ${name} (a int)`);
  return () => next('COMMIT');
}

test('the 501st is refused; the others are not harmed, and can all be cancelled', async () => {
  const client = stormClient();
  await holdName(client, 'held');
  const begun = await Promise.allSettled(
    Array.from({ length: 520 }, () =>
      client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'CREATE TABLE held (b int)' })),
    ),
  );
  const ids = begun.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.Id] : []));
  const refused = begun.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(ids).toHaveLength(500);
  expect(refused).toHaveLength(20);
  for (const reason of refused)
    expect(reason).toMatchObject({
      name: 'ActiveStatementsExceededException',
      message: 'Active statements exceeded the allowed quota (500).',
      $metadata: { httpStatusCode: 400 },
    });
  // The rest of the API answers meanwhile.
  const { Statements: started = [] } = await client.send(new ListStatementsCommand({ Status: 'STARTED' }));
  expect(started.length).toBeGreaterThan(0);
  expect(started.length).toBeLessThanOrEqual(16);
  expect((await client.send(new ListStatementsCommand({ Status: 'SUBMITTED' }))).Statements).toHaveLength(100);
  await Promise.all(ids.map((Id) => client.send(new CancelStatementCommand({ Id }))));
  for (const Id of ids) expect((await ended(client, Id)).Status).toBe('ABORTED');
  const after = await client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 1', WaitTimeSeconds: 30 }));
  expect(after.Status).toBe('FINISHED');
});

test('statements of kept sessions do not wait in the line: a COMMIT is not stuck behind those that wait for it', async () => {
  const client = stormClient();
  const commit = await holdName(client, 'contested');
  const waiting = await Promise.all(
    Array.from({ length: 40 }, () =>
      client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'CREATE TABLE contested (b int)' })),
    ),
  );
  await commit();
  for (const { Id } of waiting)
    expect((await ended(client, Id)).Error).toBe('ERROR: Relation "contested" already exists');
});

test('a server that stops while statements run does so at once', async () => {
  const other = await startDuckshift(noStreams);
  const client = new RedshiftDataClient({ ...clientSettings(other), maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  await Promise.all(
    Array.from({ length: 30 }, () => client.send(new ExecuteStatementCommand({ ...cluster, Sql: longQuery }))),
  );
  const waiting = client.send(new ExecuteStatementCommand({ ...cluster, Sql: longQuery, WaitTimeSeconds: 30 })).then(
    ({ Status }) => Status,
    () => 'cut off',
  );
  await other.stop();
  expect(['ABORTED', 'cut off']).toContain(await waiting);
});
