import { DescribeClustersCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { ListStatementsCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { GetWorkgroupCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parseSignature, type SignedRequest, verifySignature } from '../../src/http/aws/sigv4.js';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';

/** Signature Version 4, verified with --access-key and --secret-key. */

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

let duckshift: Duckshift;
beforeAll(async () => {
  const { accessKeyId: accessKey, secretAccessKey: secretKey } = credentials;
  duckshift = await startDuckshift({ ...noStreams, accessKey, secretKey, region: 'eu-west-1' });
});
afterAll(() => duckshift.stop());

function client(change: object = {}): RedshiftDataClient {
  const made = new RedshiftDataClient({
    endpoint: duckshift.dataApiEndpoint,
    region: 'eu-west-1',
    credentials,
    maxAttempts: 1,
    ...change,
  });
  onTestFinished(() => made.destroy());
  return made;
}

test('what the SDKs sign is accepted, over all three services', async () => {
  const settings = { endpoint: duckshift.dataApiEndpoint, region: 'eu-west-1', credentials };
  await client().send(new ListStatementsCommand({}));
  await client({ credentials: { ...credentials, sessionToken: 'of/a+role=' } }).send(new ListStatementsCommand({}));
  const redshift = new RedshiftClient(settings);
  const serverless = new RedshiftServerlessClient(settings);
  onTestFinished(() => {
    redshift.destroy();
    serverless.destroy();
  });
  await redshift.send(new DescribeClustersCommand({ ClusterIdentifier: 'a b&c=ü' }));
  await serverless.send(new GetWorkgroupCommand({ workgroupName: 'any' }));
});

describe('refused', () => {
  test.each([
    ['another secret', { credentials: { ...credentials, secretAccessKey: 'wrong' } }, 'InvalidSignatureException'],
    ['another key', { credentials: { ...credentials, accessKeyId: 'AKIDOTHER' } }, 'UnrecognizedClientException'],
    ['another region', { region: 'us-east-1' }, 'InvalidSignatureException'],
    ['a clock that is behind', { systemClockOffset: -6 * 60_000 }, 'InvalidSignatureException'],
    ['a clock that is ahead', { systemClockOffset: 6 * 60_000 }, 'InvalidSignatureException'],
  ])('%s', async (_title, change, name) => {
    await expect(client(change).send(new ListStatementsCommand({}))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('no signature, before anything is done', async () => {
    const answer = await fetch(duckshift.dataApiEndpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'RedshiftData.ExecuteStatement' },
      body: '{}',
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    const form = await fetch(duckshift.dataApiEndpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetClusterCredentialsWithIAM&ClusterIdentifier=c',
    });
    expect(form.status).toBe(403);
    expect(await form.text()).toContain('<Code>MissingAuthenticationTokenException</Code>');
  });
});

/** "get-vanilla" and "post-x-www-form-urlencoded" of AWS's Signature Version 4 test suite. */
describe("AWS's own examples", () => {
  const scope = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';
  const keys = { accessKey: credentials.accessKeyId, secretKey: credentials.secretAccessKey, region: 'us-east-1' };
  const now = Date.UTC(2015, 7, 30, 12, 36);
  const date = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };
  const signed = (headers: string, signature: string) =>
    parseSignature(`AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${headers}, Signature=${signature}`);
  const vanilla: SignedRequest = { method: 'GET', url: '/', headers: date, body: Buffer.alloc(0) };
  const vanillaSignature = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';

  test('are right', () => {
    verifySignature(vanilla, signed('host;x-amz-date', vanillaSignature), keys, ['service'], now);
    const form: SignedRequest = {
      method: 'POST',
      url: '/',
      headers: { ...date, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from('Param1=value1'),
    };
    const signature = 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a';
    verifySignature(form, signed('content-type;host;x-amz-date', signature), keys, ['service'], now);
  });

  test.each<[string, Partial<SignedRequest>]>([
    ['another body', { body: Buffer.from('x') }],
    ['another path', { url: '/other' }],
    ['another query', { url: '/?a=b' }],
    ['another method', { method: 'POST' }],
    ['another host', { headers: { ...date, host: 'evil.example' } }],
  ])('are wrong with %s', (_title, change) => {
    const signature = signed('host;x-amz-date', vanillaSignature);
    expect(() => verifySignature({ ...vanilla, ...change }, signature, keys, ['service'], now)).toThrow(
      'The request signature we calculated does not match',
    );
  });

  test('another service, an unsigned host', () => {
    const right = signed('host;x-amz-date', vanillaSignature);
    expect(() => verifySignature(vanilla, right, keys, ['redshift'], now)).toThrow("correct service: 'redshift'");
    const unsigned = signed('x-amz-date', vanillaSignature);
    expect(() => verifySignature(vanilla, unsigned, keys, ['service'], now)).toThrow("'host' must be a signed header");
  });
});

test.each([
  'AWS4-HMAC-SHA256',
  'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=00',
  'AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/service/aws4_request, SignedHeaders=host, Signature=xyz',
  `AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/service/aws4_request, SignedHeaders=, Signature=${'0'.repeat(64)}`,
  'Bearer token',
])('an incomplete header: %s', (header) => {
  expect(() => parseSignature(header)).toThrow('The signature is incomplete');
});

test('keys come in pairs', async () => {
  await expect(startDuckshift({ ...noStreams, accessKey: 'alone' })).rejects.toThrow('belong together');
});
