import { Agent } from 'node:http';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import pg from 'pg';
import { startDuckshift } from '../../src/index.js';
import { median, report, timed } from './figures.js';

/**
 * REFRESH of N new records beside a bare SDK loop that reads the same records and drops them: same endpoint, same
 * Limit, keep-alive and concurrency. What the ratio leaves below 1 is parsing, DuckDB and the commit.
 */

const stream = 'drain';
const shards = 4;
const records = 40_000;
const payloadBytes = 250;
/** What the reader sends to a loopback endpoint at most. */
const limit = 2_000;
const rounds = 5;

const duckshift = await startDuckshift();
await duckshift.createStream(stream, shards);
const filler = 'x'.repeat(payloadBytes - 40);
for (let from = 0; from < records; from += 5_000) {
  await duckshift.put(
    stream,
    Array.from({ length: 5_000 }, (_, i) => ({
      partitionKey: `key-${(from + i) % 997}`,
      data: JSON.stringify({ n: from + i, filler }),
    })),
  );
}

const kinesis = new KinesisClient({
  endpoint: duckshift.kinesisEndpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  requestHandler: new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true, maxSockets: shards + 8 }) }),
});

async function drainShard(shardId: string): Promise<number> {
  let { ShardIterator: iterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName: stream, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  let count = 0;
  while (iterator !== undefined) {
    const page: { Records?: unknown[]; NextShardIterator?: string; MillisBehindLatest?: number } = await kinesis.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }),
    );
    count += page.Records?.length ?? 0;
    if (page.Records?.length === 0 && page.MillisBehindLatest === 0) break;
    iterator = page.NextShardIterator;
  }
  return count;
}

async function bareLoop(): Promise<void> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: stream }));
  const counts = await Promise.all(Shards.map(({ ShardId = '' }) => drainShard(ShardId)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== records) throw new Error(`the bare loop read ${total} records instead of ${records}`);
}

const client = new pg.Client({ connectionString: duckshift.connectionString });
await client.connect();
await client.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');

/** A refresh of everything into a new view; only REFRESH is timed. */
async function refreshOnce(round: number, columns: string): Promise<number> {
  const view = `mv_${round}`;
  await client.query(`CREATE MATERIALIZED VIEW ${view} AS SELECT ${columns} FROM kds.${stream}`);
  const elapsed = await timed(() => client.query(`REFRESH MATERIALIZED VIEW ${view}`));
  const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${view}`);
  if (Number(rows[0]?.n) !== records) throw new Error(`the refresh took ${rows[0]?.n} records instead of ${records}`);
  await client.query(`DROP MATERIALIZED VIEW ${view}`);
  return elapsed;
}

await bareLoop();
await refreshOnce(0, '*');
const bare: number[] = [];
const plain: number[] = [];
const parsed: number[] = [];
for (let round = 1; round <= rounds; round++) {
  bare.push(await timed(bareLoop));
  plain.push(await refreshOnce(round, '*'));
  parsed.push(await refreshOnce(round, 'approximate_arrival_timestamp, JSON_PARSE(kinesis_data) AS d'));
}
await client.end();
kinesis.destroy();
await duckshift.stop();

const bytes = records * payloadBytes;
const rate = (millis: number) => (records / millis) * 1000;
report({
  name: 'drain',
  figures: [
    {
      what: `bare SDK loop, ${records} records of ${payloadBytes} B, ${shards} shards`,
      value: rate(median(bare)),
      unit: 'records/s',
    },
    { what: 'REFRESH, SELECT *', value: rate(median(plain)), unit: 'records/s' },
    { what: 'REFRESH, SELECT *', value: bytes / 1000 / median(plain), unit: 'MB/s' },
    { what: 'REFRESH, JSON_PARSE', value: rate(median(parsed)), unit: 'records/s' },
    {
      what: 'ratio of REFRESH (SELECT *) to the bare loop',
      value: median(bare) / median(plain),
      unit: 'x',
      target: '>= 0.9',
    },
    {
      what: 'ratio of REFRESH (JSON_PARSE) to the bare loop',
      value: median(bare) / median(parsed),
      unit: 'x',
      target: '>= 0.9',
    },
  ],
});
