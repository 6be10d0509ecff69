import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from '../clients/no-streams.js';
import { cluster, dataClient } from './aws-clients.js';

/** The AWS protocols byte by byte, without an SDK. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

const jsonType = 'application/x-amz-json-1.1';

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly errorType: string | null;
  readonly requestId: string | null;
  readonly text: string;
}

async function post(body: string | Uint8Array, headers: Record<string, string>): Promise<Reply> {
  const answer = await fetch(duckshift.dataApiEndpoint, { method: 'POST', headers, body });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    errorType: answer.headers.get('x-amzn-errortype'),
    requestId: answer.headers.get('x-amzn-requestid'),
    text: await answer.text(),
  };
}

const call = (operation: string, body: string, target = 'RedshiftData'): Promise<Reply> =>
  post(body, { 'content-type': jsonType, 'x-amz-target': `${target}.${operation}` });

test('an answer is JSON 1.1 with a request id; times are seconds with a fraction', async () => {
  const reply = await call('ExecuteStatement', JSON.stringify({ ...cluster, Sql: 'SELECT 1', Unknown: [1] }));
  expect(reply).toMatchObject({ status: 200, type: jsonType });
  expect(reply.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(reply.text)).toMatchObject({ Id: expect.any(String), CreatedAt: expect.any(Number) });
  expect(reply.text).toMatch(/"CreatedAt":\d{10}(\.\d{1,3})?[,}]/);
});

describe('errors', () => {
  test.each([
    ['malformed JSON', 'ExecuteStatement', '{"Sql": ', 400, 'SerializationException'],
    ['JSON that is no structure', 'ExecuteStatement', '[1]', 400, 'SerializationException'],
    ['a member of another type', 'ExecuteStatement', '{"Sql": 7}', 400, 'SerializationException'],
    ['a number for a flag', 'ExecuteStatement', '{"Sql": "SELECT 1", "WithEvent": 1}', 400, 'SerializationException'],
    ['an unknown operation', 'DropEverything', '{}', 400, 'UnknownOperationException'],
    ['a name every object has', 'constructor', '{}', 400, 'UnknownOperationException'],
    ['a missing member', 'ExecuteStatement', '{}', 400, 'ValidationException'],
    ['no body', 'DescribeStatement', '', 400, 'ValidationException'],
    ['null for a member', 'DescribeStatement', '{"Id": null}', 400, 'ValidationException'],
  ])('%s', async (_title, operation, body, status, type) => {
    const reply = await call(operation, body);
    expect(reply).toMatchObject({ status, type: jsonType, errorType: type });
    expect(reply.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(reply.text)).toEqual({ __type: type, message: expect.any(String), Message: expect.any(String) });
  });

  test('no target, or that of another service', async () => {
    const several: Record<string, string>[] = [
      { 'content-type': jsonType },
      { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
    ];
    for (const headers of several)
      expect(await post('{}', headers)).toMatchObject({ status: 400, errorType: 'UnknownOperationException' });
  });

  test('an Authorization header that is none of AWS', async () => {
    const reply = await post('{}', { 'x-amz-target': 'RedshiftData.ListStatements', authorization: 'Basic YTpi' });
    expect(reply).toMatchObject({ status: 403, errorType: 'IncompleteSignatureException' });
  });

  test('a body over the limit', async () => {
    const reply = await call('ExecuteStatement', JSON.stringify({ Sql: 'x'.repeat(33 * 1024 * 1024) }));
    expect(reply).toMatchObject({ status: 413, type: jsonType, errorType: 'RequestEntityTooLargeException' });
    const client = dataClient(duckshift);
    await expect(
      client.send(new ExecuteStatementCommand({ ...cluster, Sql: 'x'.repeat(33 * 1024 * 1024) })),
    ).rejects.toMatchObject({ name: 'RequestEntityTooLargeException' });
  });

  test('of the query protocol are XML', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const unknown = await post('Action=CreateCluster&Version=2012-12-01', headers);
    expect(unknown).toMatchObject({ status: 400, type: 'text/xml' });
    expect(unknown.text).toContain('<Code>InvalidAction</Code>');
    expect(unknown.text).toContain(`<RequestId>${unknown.requestId}</RequestId>`);
    const missing = await post('Action=GetClusterCredentials&Version=2012-12-01&DbUser=%3Ca%3E', headers);
    expect(missing).toMatchObject({ status: 400 });
    expect(missing.text).toContain('<Type>Sender</Type><Code>MissingParameter</Code>');
    const hasOwn = await post('Action=toString', headers);
    expect(hasOwn.text).toContain('<Code>InvalidAction</Code>');
  });
});

test('the admin API keeps its own errors beside them', async () => {
  const answer = await fetch(`${duckshift.dataApiEndpoint}/nowhere`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ error: 'not_found' });
  expect((await fetch(`${duckshift.dataApiEndpoint}/health`)).status).toBe(200);
  expect((await fetch(duckshift.dataApiEndpoint)).status).toBe(404);
});
