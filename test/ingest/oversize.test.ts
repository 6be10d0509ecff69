import { expect, onTestFinished, test } from 'vitest';
import { startDuckshift } from '../../src/index.js';
import { largestRecordBytes } from '../../src/streams/contract.js';
import { readBody } from '../../src/streams/kinesis/embedded/request-body.js';
import { httpEndpoint } from './plain-kinesalite.js';

const shardId = 'shardId-000000000000';
const arrival = 1_790_000_000;

/** An endpoint with one stream of one shard, whose records have these sizes: larger than AWS takes. */
function endpointWith(sizes: readonly number[]): Promise<string> {
  const records = sizes.map((size, index) => ({
    Data: Buffer.alloc(size, String(index)).toString('base64'),
    PartitionKey: 'k',
    SequenceNumber: String(index + 1),
    ApproximateArrivalTimestamp: arrival + index,
  }));
  const answers: Readonly<
    Record<string, (request: { ShardIterator?: string; StartingSequenceNumber?: string }) => object>
  > = {
    DescribeStreamSummary: () => ({
      StreamDescriptionSummary: {
        StreamName: 's',
        StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
        StreamStatus: 'ACTIVE',
        StreamCreationTimestamp: arrival,
        RetentionPeriodHours: 24,
      },
    }),
    ListShards: () => ({ Shards: [{ ShardId: shardId, SequenceNumberRange: { StartingSequenceNumber: '0' } }] }),
    GetShardIterator: ({ StartingSequenceNumber = '0' }) => ({ ShardIterator: StartingSequenceNumber }),
    GetRecords: ({ ShardIterator }) => ({
      Records: records.slice(Number(ShardIterator)),
      NextShardIterator: String(records.length),
      MillisBehindLatest: 0,
    }),
  };
  return httpEndpoint(async (request, response) => {
    const body = String(await readBody(request));
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(answers[operation]?.(JSON.parse(body)) ?? {}));
  });
}

test.each([
  [[3, largestRecordBytes + 1, largestRecordBytes], 'Some stream records were skipped', ['3', '16777216']],
  [[largestRecordBytes + 1], 'All records received from the stream were skipped', []],
])('records of %j bytes: those too large are skipped, counted and named', async (sizes, said, stored) => {
  const duckshift = await startDuckshift({ kinesisEndpoint: await endpointWith(sizes) });
  onTestFinished(() => duckshift.stop());
  const column = async (sql: string) =>
    (await duckshift.query(sql)).rows.map((row) => String(Object.values(row)[0] ?? ''));
  await duckshift.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  await duckshift.query(
    'CREATE MATERIALIZED VIEW mv AS SELECT sequence_number, octet_length(kinesis_data) AS n FROM kds.s',
  );
  await duckshift.query('REFRESH MATERIALIZED VIEW mv');
  expect(await column('SELECT n FROM mv ORDER BY sequence_number')).toEqual(stored);
  expect(await column('SELECT trim(status) FROM sys_mv_refresh_history')).toEqual([
    `Refresh successfully updated MV incrementally. ${said}`,
  ]);
  expect(await column("SELECT scanned_rows || '/' || skipped_rows FROM sys_stream_scan_states")).toEqual([
    `${sizes.length}/1`,
  ]);
  expect(await column("SELECT trim(position) || ' ' || trim(error_reason) FROM sys_stream_scan_errors")).toEqual([
    `${sizes.indexOf(largestRecordBytes + 1) + 1} the record was skipped: its 16777217 bytes are more than the 16777216 of VARBYTE`,
  ]);
  // Past it: nothing is read again.
  await duckshift.query('REFRESH MATERIALIZED VIEW mv');
  expect(await column('SELECT count(*) FROM sys_stream_scan_states')).toEqual(['1']);
});
