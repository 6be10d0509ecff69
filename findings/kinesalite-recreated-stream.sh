#!/usr/bin/env bash
# Versions: kinesalite 3.3.3, @aws-sdk/client-kinesis 3.1143.0, @smithy/node-http-handler 4.14.2
#
# Guess:    a shard iterator belongs to the stream it was asked for. Once that stream is deleted, reading from the
#           iterator is an error, whether or not a stream of the same name was created since.
# Seen:     the iterator holds the stream's name and a position, and sequence numbers begin with the time of creation:
#           it reads on in the new stream, from the new stream's first record.
#               before: old
#               after the stream was deleted and created again: new
# Matters:  a consumer does not notice that its stream was replaced: checkpoints of the old stream seem to work. Compare
#           the stream's creation time (or its first sequence number) before going on from a stored position.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact kinesalite@3.3.3 @aws-sdk/client-kinesis@3.1143.0 \
  @smithy/node-http-handler@4.14.2
cat >see.mjs <<'EOF'
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as aws from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import kinesalite from 'kinesalite';

const server = kinesalite({ createStreamMs: 0, deleteStreamMs: 0 });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const kinesis = new aws.KinesisClient({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  requestHandler: new NodeHttpHandler(),
});

async function createStreamWith(text) {
  await kinesis.send(new aws.CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
  await aws.waitUntilStreamExists({ client: kinesis, maxWaitTime: 10, minDelay: 1 }, { StreamName: 's' });
  await kinesis.send(new aws.PutRecordCommand({ StreamName: 's', PartitionKey: 'p', Data: Buffer.from(text) }));
}

async function read(iterator) {
  const page = await kinesis.send(new aws.GetRecordsCommand({ ShardIterator: iterator }));
  return { next: page.NextShardIterator, texts: page.Records.map((record) => Buffer.from(record.Data).toString()) };
}

await createStreamWith('old');
const { ShardIterator } = await kinesis.send(
  new aws.GetShardIteratorCommand({
    StreamName: 's',
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'TRIM_HORIZON',
  }),
);
const before = await read(ShardIterator);
await kinesis.send(new aws.DeleteStreamCommand({ StreamName: 's' }));
await aws.waitUntilStreamNotExists({ client: kinesis, maxWaitTime: 10, minDelay: 1 }, { StreamName: 's' });
await sleep(2000); // creation times count whole seconds
await createStreamWith('new');
const after = await read(before.next);
console.log(`before: ${before.texts}`);
console.log(`after the stream was deleted and created again: ${after.texts}`);
assert.deepEqual(before.texts, ['old']);
assert.deepEqual(after.texts, ['new']);
server.close();
kinesis.destroy();
EOF
NODE_NO_WARNINGS=1 node see.mjs
