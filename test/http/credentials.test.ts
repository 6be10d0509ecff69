import { execFile } from 'node:child_process';
import {
  DescribeClustersCommand,
  DescribeCustomDomainAssociationsCommand,
  GetClusterCredentialsCommand,
  GetClusterCredentialsWithIAMCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import {
  GetCredentialsCommand,
  GetWorkgroupCommand,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Duckshift, type StartOptions, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { clientSettings } from './aws-clients.js';

/** The calls drivers make to log in, through the AWS SDK, and psql with what they give. */

const locked = { user: 'admin', password: 'permanent' };

async function start(options: StartOptions = {}) {
  const duckshift = await startDuckshift({ ...noStreams, ...options });
  const redshift = new RedshiftClient(clientSettings(duckshift));
  const serverless = new RedshiftServerlessClient(clientSettings(duckshift));
  onTestFinished(async () => {
    redshift.destroy();
    serverless.destroy();
    await duckshift.stop();
  });
  return { duckshift, redshift, serverless };
}

/** What psql prints for `sql`, or its error. */
function psql(server: Duckshift, user: string, password: string, sql: string): Promise<string> {
  const { port } = new URL(server.connectionString);
  const env = { ...process.env, PGPASSWORD: password, PGUSER: user };
  const connection = `host=localhost hostaddr=127.0.0.1 port=${port} dbname=dev`;
  return new Promise((resolve) => {
    execFile('psql', ['-X', '-At', connection, '-c', sql], { env }, (error, out, err) =>
      resolve(error === null ? out.trim() : err),
    );
  });
}

describe('temporary passwords', () => {
  test('GetClusterCredentials: of a database user, for psql on a locked server, until they expire', async () => {
    const { duckshift, redshift } = await start(locked);
    const call = { DbUser: 'analyst', DbName: 'dev', ClusterIdentifier: 'any-cluster', DurationSeconds: 900 };
    const { DbUser, DbPassword, Expiration } = await redshift.send(new GetClusterCredentialsCommand(call));
    expect(DbUser).toBe('IAM:analyst');
    expect(Expiration?.getTime()).toBeGreaterThan(Date.now() + 890_000);
    expect(await psql(duckshift, DbUser ?? '', DbPassword ?? '', 'SELECT current_user')).toBe('analyst');
    expect(await psql(duckshift, DbUser ?? '', 'wrong', 'SELECT 1')).toContain(
      'password authentication failed for user "IAM:analyst"',
    );
    expect(await psql(duckshift, 'analyst', DbPassword ?? '', 'SELECT 1')).toContain('password authentication failed');
    expect(await psql(duckshift, locked.user, locked.password, 'SELECT current_user')).toBe('admin');
    await duckshift.clock.advance(901_000);
    expect(await psql(duckshift, DbUser ?? '', DbPassword ?? '', 'SELECT 1')).toContain(
      'password authentication failed',
    );
  });

  test('several at a time are good, each as long as it lives', async () => {
    const { duckshift, redshift } = await start(locked);
    const call = { DbUser: 'analyst', ClusterIdentifier: 'c' };
    const first = await redshift.send(new GetClusterCredentialsCommand({ ...call, DurationSeconds: 900 }));
    const second = await redshift.send(new GetClusterCredentialsCommand({ ...call, DurationSeconds: 3600 }));
    for (const { DbPassword } of [first, second])
      expect(await psql(duckshift, 'IAM:analyst', DbPassword ?? '', 'SELECT 1')).toBe('1');
    await duckshift.clock.advance(1_000_000);
    expect(await psql(duckshift, 'IAM:analyst', first.DbPassword ?? '', 'SELECT 1')).toContain('failed');
    expect(await psql(duckshift, 'IAM:analyst', second.DbPassword ?? '', 'SELECT 1')).toBe('1');
    await duckshift.reset();
    expect(await psql(duckshift, 'IAM:analyst', second.DbPassword ?? '', 'SELECT 1')).toContain('failed');
  });

  test('AutoCreate has a prefix of its own', async () => {
    const { duckshift, redshift } = await start(locked);
    const call = { DbUser: 'newcomer', ClusterIdentifier: 'c', AutoCreate: true, DbGroups: ['readers', 'writers'] };
    const { DbUser, DbPassword } = await redshift.send(new GetClusterCredentialsCommand(call));
    expect(DbUser).toBe('IAMA:newcomer');
    expect(await psql(duckshift, DbUser ?? '', DbPassword ?? '', 'SELECT current_user')).toBe('newcomer');
  });

  test('GetClusterCredentialsWithIAM and GetCredentials: of the caller, whose database user keeps the prefix', async () => {
    const { duckshift, redshift, serverless } = await start(locked);
    const byCluster = await redshift.send(
      new GetClusterCredentialsWithIAMCommand({ DbName: 'dev', ClusterIdentifier: 'c', DurationSeconds: 1800 }),
    );
    expect(byCluster).toMatchObject({ DbUser: 'IAM:admin', NextRefreshTime: expect.any(Date) });
    const byWorkgroup = await serverless.send(
      new GetCredentialsCommand({ dbName: 'dev', workgroupName: 'any-workgroup', durationSeconds: 1800 }),
    );
    expect(byWorkgroup).toMatchObject({ dbUser: 'IAM:admin', expiration: expect.any(Date) });
    for (const password of [byCluster.DbPassword, byWorkgroup.dbPassword])
      expect(await psql(duckshift, 'IAM:admin', password ?? '', 'SELECT current_user')).toBe('IAM:admin');
  });

  test('on a server that is open to all, they decide who the session belongs to', async () => {
    const { duckshift, redshift } = await start();
    const { DbPassword } = await redshift.send(
      new GetClusterCredentialsCommand({ DbUser: 'analyst', ClusterIdentifier: 'c' }),
    );
    expect(await psql(duckshift, 'IAM:analyst', DbPassword ?? '', 'SELECT current_user')).toBe('analyst');
    expect(await psql(duckshift, 'IAM:nobody', 'any', 'SELECT current_user')).toBe('IAM:nobody');
  });

  test.each([
    [{ DbUser: 'u', ClusterIdentifier: 'c', DurationSeconds: 899 }, 'InvalidParameterValue'],
    [{ DbUser: 'u', ClusterIdentifier: 'c', DurationSeconds: 3601 }, 'InvalidParameterValue'],
    [{ DbUser: 'u', ClusterIdentifier: undefined }, 'MissingParameter'],
    [{ DbUser: undefined, ClusterIdentifier: 'c' }, 'MissingParameter'],
  ])('%j is refused', async (call, name) => {
    const { redshift } = await start();
    await expect(redshift.send(new GetClusterCredentialsCommand(call))).rejects.toMatchObject({ name });
  });

  test('serverless calls are checked too', async () => {
    const { serverless } = await start();
    for (const call of [{}, { workgroupName: 'w', durationSeconds: 10 }])
      await expect(serverless.send(new GetCredentialsCommand(call))).rejects.toMatchObject({
        name: 'ValidationException',
      });
  });
});

describe('endpoints', () => {
  test('are where the server listens', async () => {
    const { duckshift, redshift, serverless } = await start();
    const port = Number(new URL(duckshift.connectionString).port);
    const { Clusters } = await redshift.send(new DescribeClustersCommand({ ClusterIdentifier: 'analytics' }));
    expect(Clusters).toMatchObject([
      {
        ClusterIdentifier: 'analytics',
        ClusterStatus: 'available',
        DBName: 'dev',
        MasterUsername: 'awsuser',
        Endpoint: { Address: '127.0.0.1', Port: port },
        NumberOfNodes: 1,
        ClusterCreateTime: expect.any(Date),
      },
    ]);
    expect((await redshift.send(new DescribeClustersCommand({}))).Clusters).toHaveLength(1);
    const { workgroup } = await serverless.send(new GetWorkgroupCommand({ workgroupName: 'any' }));
    expect(workgroup).toMatchObject({
      workgroupName: 'any',
      status: 'AVAILABLE',
      endpoint: { address: '127.0.0.1', port },
      creationDate: expect.any(Date),
    });
  });

  test('are what --advertise-host and --advertise-port say', async () => {
    const { redshift, serverless } = await start({ advertiseHost: 'warehouse.internal', advertisePort: 15439 });
    const { Clusters } = await redshift.send(new DescribeClustersCommand({}));
    expect(Clusters?.[0]?.Endpoint).toMatchObject({ Address: 'warehouse.internal', Port: 15439 });
    const { workgroup } = await serverless.send(new GetWorkgroupCommand({ workgroupName: 'any' }));
    expect(workgroup?.endpoint).toMatchObject({ address: 'warehouse.internal', port: 15439 });
  });

  test('a custom domain name leads to a cluster', async () => {
    const { redshift } = await start();
    const { Associations } = await redshift.send(
      new DescribeCustomDomainAssociationsCommand({ CustomDomainName: 'dw.example.com' }),
    );
    expect(Associations?.[0]?.CertificateAssociations).toEqual([
      { CustomDomainName: 'dw.example.com', ClusterIdentifier: 'duckshift' },
    ]);
    expect(await redshift.send(new DescribeCustomDomainAssociationsCommand({}))).toMatchObject({ Associations: [] });
  });
});
