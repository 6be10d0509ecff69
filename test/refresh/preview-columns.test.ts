import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestSession } from '../session/open-test-host.js';
import { openSessionFixture, type SessionFixture } from './session-fixture.js';

let fixture: SessionFixture;
let session: TestSession;

beforeAll(async () => {
  fixture = await openSessionFixture();
  fixture.streams.create('clicks');
  session = await fixture.open();
});
afterAll(() => fixture.close());

it.each([
  ['ApproximateArrivalTimestamp', 'approximate_arrival_timestamp'],
  ['"PartitionKey"', 'partition_key'],
  ['clicks.ShardId', 'shard_id'],
  ['max(SequenceNumber)', 'sequence_number'],
  ['JSON_PARSE(Data)', 'kinesis_data'],
])('%s of the preview: the hint says what it is called now', async (expression, now) => {
  await expect(
    session.run(`CREATE MATERIALIZED VIEW mv AS SELECT ${expression} AS x FROM kds.clicks`),
  ).rejects.toMatchObject({ code: '42703', hint: `It is called "${now}" since the preview of streaming ingestion.` });
});

it('other names have no such hint, nor have other relations', async () => {
  await session.run('CREATE TABLE t (a int)');
  for (const sql of ['CREATE MATERIALIZED VIEW mv AS SELECT payload FROM kds.clicks', 'SELECT data FROM t'])
    await expect(session.run(sql)).rejects.toMatchObject({ code: '42703', hint: undefined });
});
