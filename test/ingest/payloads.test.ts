import { CreateStreamCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { encodeCbor } from '../../src/streams/kinesis/embedded/cbor.js';
import { cborType } from '../../src/streams/kinesis/embedded/wire-format.js';
import { userClient } from '../kinesis/embedded-kinesis.js';

async function start(): Promise<Duckshift> {
  const duckshift = await startDuckshift();
  onTestFinished(() => duckshift.stop());
  await duckshift.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  return duckshift;
}

test('a record of 10 MiB becomes a SUPER value, beside small ones and an empty one', async () => {
  const duckshift = await start();
  const client = userClient(duckshift.kinesisEndpoint);
  await client.send(new CreateStreamCommand({ StreamName: 'large', ShardCount: 1, MaxRecordSizeInKiB: 10_240 }));
  const room = 10 * 1024 * 1024 - 'k'.length;
  const text = (filler: number): string => `{"id":7,"filler":"${'x'.repeat(filler)}","last":[1,2]}`;
  const largest = text(room - text(0).length);
  const put = (data: string) =>
    client.send(new PutRecordCommand({ StreamName: 'large', PartitionKey: 'k', Data: Buffer.from(data) }));
  // The stream is being created at first.
  await vi.waitFor(() => put('{"id":1}'), { timeout: 20_000 });
  for (const data of [largest, '', '{"id":2}']) await put(data);
  await duckshift.query(
    'CREATE MATERIALIZED VIEW mv AS SELECT sequence_number, kinesis_data, CASE WHEN CAN_JSON_PARSE(kinesis_data) THEN JSON_PARSE(kinesis_data) END AS d FROM kds.large',
  );
  await duckshift.query('REFRESH MATERIALIZED VIEW mv');
  const { rows } = await duckshift.query(
    'SELECT octet_length(kinesis_data) AS bytes, d.id::int AS id, d."last"[1]::int AS last FROM mv ORDER BY id',
  );
  expect(rows).toEqual([
    { bytes: 8, id: 1, last: null },
    { bytes: 8, id: 2, last: null },
    { bytes: room, id: 7, last: 2 },
    { bytes: 0, id: null, last: null },
  ]);
}, 60_000);

test('what a Java producer writes as CBOR is stored as the bytes it is', async () => {
  const duckshift = await start();
  await duckshift.createStream('java');
  const data = Buffer.from([0, 255, 0xf3, 0x89, 10, 0x80]);
  for (const Data of [data, Buffer.from('{"n": 1}'), Buffer.alloc(0)]) {
    const response = await fetch(duckshift.kinesisEndpoint, {
      method: 'POST',
      headers: {
        'content-type': cborType,
        'x-amz-target': 'Kinesis_20131202.PutRecord',
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: encodeCbor({ StreamName: 'java', PartitionKey: 'k', Data }),
    });
    expect(response.status).toBe(200);
  }
  await duckshift.query('CREATE MATERIALIZED VIEW mv AS SELECT kinesis_data FROM kds.java');
  await duckshift.query('REFRESH MATERIALIZED VIEW mv');
  const { rows } = await duckshift.query('SELECT to_hex(kinesis_data) AS hex FROM mv ORDER BY hex');
  expect(rows.map(({ hex }) => hex)).toEqual(['', data.toString('hex'), Buffer.from('{"n": 1}').toString('hex')]);
});

test('a refresh ends while producers go on, and holds all that was put before it began', async () => {
  const duckshift = await start();
  await duckshift.createStream('busy', 2);
  await duckshift.query(
    "CREATE MATERIALIZED VIEW mv AS SELECT from_varbyte(kinesis_data, 'utf-8')::int AS n FROM kds.busy",
  );
  let put = 0;
  let over = false;
  const producer = async (key: string): Promise<void> => {
    while (!over) {
      await duckshift.put(
        'busy',
        Array.from({ length: 50 }, () => ({ partitionKey: key, data: '1' })),
      );
      put += 50;
    }
  };
  const producers = Promise.all(['a', 'b', 'c'].map(producer));
  for (let round = 0; round < 5; round++) {
    const before = put;
    await duckshift.query('REFRESH MATERIALIZED VIEW mv');
    const { rows } = await duckshift.query('SELECT count(*)::int AS n FROM mv');
    expect(Number(rows[0]?.n)).toBeGreaterThanOrEqual(before);
  }
  over = true;
  await producers;
  await duckshift.query('REFRESH MATERIALIZED VIEW mv');
  expect((await duckshift.query('SELECT count(*)::int AS n FROM mv')).rows).toEqual([{ n: put }]);
}, 60_000);
