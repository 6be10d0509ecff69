import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { callKinesalite } from '../../src/streams/kinesis/embedded/kinesalite-call.js';
import { readBody } from '../../src/streams/kinesis/embedded/request-body.js';
import { openStore } from '../../src/streams/kinesis/embedded/store.js';

/** kinesalite as it is, without the gateway. Gives its URL; ends with the test. */
export async function plainKinesalite(): Promise<string> {
  const open = await openStore(undefined);
  onTestFinished(() => open.close());
  return httpEndpoint(async (request, response) => {
    const body = await readBody(request);
    if (typeof body === 'string') return;
    const { method = 'POST', url = '/', headers } = request;
    const answer = await callKinesalite(open.handler, { method, url, headers, body });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
}

/** An HTTP server on this machine. Gives its URL; ends with the test. */
export async function httpEndpoint(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

/**
 * Put {"StreamName": "s", "PartitionKey": "k", "Data": h'00ff41'} as Java's SDK does, which plain kinesalite hands over
 * spoilt.
 */
export async function putCbor(endpoint: string): Promise<void> {
  await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-cbor-1.1',
      'x-amz-target': 'Kinesis_20131202.PutRecord',
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c',
    },
    body: Buffer.from('a36a53747265616d4e616d6561736c506172746974696f6e4b6579616b64446174614300ff41', 'hex'),
  });
}
