#!/usr/bin/env bash
# Versions: @aws-sdk/client-kinesis 3.1143.0, @aws-sdk/client-sqs 3.1143.0, @smithy/node-http-handler 4.14.2
#
# Guess:    all clients of the AWS SDK for JavaScript v3 reach a local endpoint http://127.0.0.1:PORT the same way.
# Seen:     the Kinesis client defaults to HTTP/2 and speaks it, without TLS and without negotiation, to an http://
#           endpoint too. A server of HTTP/1.1 answers what the client cannot read; the error does not mention HTTP/1.1
#           and its code is Node's.
#               sqs, default handler: 1 request reached the server
#               kinesis, default handler (NodeHttp2Handler): ERR_HTTP2_ERROR, 0 requests reached the server
#               kinesis, NodeHttpHandler: 1 request reached the server
# Matters:  an emulator that works for every other service looks broken for Kinesis alone. Pass requestHandler: new
#           NodeHttpHandler().
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact @aws-sdk/client-kinesis@3.1143.0 @aws-sdk/client-sqs@3.1143.0 \
  @smithy/node-http-handler@4.14.2
cat >see.mjs <<'EOF'
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  request.resume().on('end', () => response.setHeader('content-type', 'application/x-amz-json-1.1').end('{}'));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const options = {
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  maxAttempts: 1,
};

async function attempt(client, command) {
  requests = 0;
  const code = await client.send(command).then(
    () => undefined,
    (error) => error.code ?? error.name,
  );
  client.destroy();
  return { code, requests };
}

const sqs = await attempt(new SQSClient(options), new ListQueuesCommand({}));
console.log(`sqs, default handler: ${sqs.requests} request reached the server`);
const byDefault = new KinesisClient(options);
const handler = byDefault.config.requestHandler.constructor.name;
const http2 = await attempt(byDefault, new ListStreamsCommand({}));
console.log(`kinesis, default handler (${handler}): ${http2.code}, ${http2.requests} requests reached the server`);
const http1 = await attempt(
  new KinesisClient({ ...options, requestHandler: new NodeHttpHandler() }),
  new ListStreamsCommand({}),
);
console.log(`kinesis, NodeHttpHandler: ${http1.requests} request reached the server`);
assert.deepEqual(sqs, { code: undefined, requests: 1 });
assert.deepEqual(http2, { code: 'ERR_HTTP2_ERROR', requests: 0 });
assert.deepEqual(http1, { code: undefined, requests: 1 });
server.close();
EOF
NODE_NO_WARNINGS=1 node see.mjs
