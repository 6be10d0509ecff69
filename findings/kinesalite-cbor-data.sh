#!/usr/bin/env bash
# Versions: kinesalite 3.3.3, @aws-sdk/client-kinesis 3.1143.0, @smithy/core 3.41.1, @smithy/node-http-handler 4.14.2
#
# Guess:    the Kinesis API has two encodings of one request, JSON and CBOR, so a record that a Java producer (CBOR)
#           puts is read by a JavaScript consumer (JSON) as the bytes it was.
# Seen:     kinesalite answers both requests with 200, but stores what CBOR decoded. The JSON answer then holds
#           {"type":"Buffer","data":[...]} where base64 belongs, and the SDK hands that object on as Data, without an
#           error.
#               put with JSON: Uint8Array "json"
#               put with CBOR: Object {"type":"Buffer","data":[99,98,111,114]}
# Matters:  the object has no length and no bytes: a consumer that measures or decodes Data sees an empty or broken
#           record. Producers on the Java SDK and the KCL use CBOR unless they are told not to.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact kinesalite@3.3.3 @aws-sdk/client-kinesis@3.1143.0 @smithy/core@3.41.1 \
  @smithy/node-http-handler@4.14.2
cat >see.mjs <<'EOF'
import assert from 'node:assert/strict';
import * as aws from '@aws-sdk/client-kinesis';
import cborModule from '@smithy/core/cbor';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import kinesalite from 'kinesalite';

const server = kinesalite({ createStreamMs: 0 });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${server.address().port}`;
const kinesis = new aws.KinesisClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  requestHandler: new NodeHttpHandler(),
});
await kinesis.send(new aws.CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
await aws.waitUntilStreamExists({ client: kinesis, maxWaitTime: 10, minDelay: 1 }, { StreamName: 's' });

await kinesis.send(new aws.PutRecordCommand({ StreamName: 's', PartitionKey: 'p', Data: Buffer.from('json') }));
const answer = await fetch(endpoint, {
  method: 'POST',
  headers: {
    'content-type': 'application/x-amz-cbor-1.1',
    'x-amz-target': 'Kinesis_20131202.PutRecord',
    'x-amz-date': '20240101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=any/20240101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=any',
  },
  body: cborModule.cbor.serialize({ StreamName: 's', PartitionKey: 'p', Data: new Uint8Array(Buffer.from('cbor')) }),
});
assert.equal(answer.status, 200);

const { ShardIterator } = await kinesis.send(
  new aws.GetShardIteratorCommand({
    StreamName: 's',
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'TRIM_HORIZON',
  }),
);
const { Records } = await kinesis.send(new aws.GetRecordsCommand({ ShardIterator }));
const [json, cbor] = Records.map((record) => record.Data);
console.log(`put with JSON: ${json.constructor.name} "${Buffer.from(json)}"`);
console.log(`put with CBOR: ${cbor.constructor.name} ${JSON.stringify(cbor)}`);
assert.ok(json instanceof Uint8Array);
assert.deepEqual(cbor, { type: 'Buffer', data: [...Buffer.from('cbor')] });
server.close();
kinesis.destroy();
EOF
NODE_NO_WARNINGS=1 node see.mjs
