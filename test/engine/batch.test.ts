import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchCall } from '../../src/engine/batch-call.js';
import { type DuckdbEngine, type EngineConnection, openEngine } from '../../src/engine/index.js';
import { streamBatch } from './stream-batch.js';

let engine: DuckdbEngine;
let connection: EngineConnection;

beforeAll(async () => {
  engine = await openEngine({ databases: ['dev'] });
  connection = await engine.connect();
});
afterAll(() => engine.close());

const payload = (row: number): string => `{"n":${row},"pad":"${'x'.repeat(row % 300)}"}`;

describe('a stream batch', () => {
  it('hands out every column as it came, in order, over many chunks', async () => {
    const rows = 5_000;
    const batch = streamBatch(
      Array.from({ length: rows }, (_unused, row) => ({
        data: payload(row),
        key: `ключ-${row}`,
        valid: row % 3 !== 0,
      })),
    );
    const id = engine.registerBatch(batch);
    const got = await connection.rows(
      `SELECT *, decode(kinesis_data) AS text, epoch_us(approximate_arrival_timestamp) AS arrival, epoch_us(refresh_time) AS refresh FROM ${batchCall(id)}`,
    );
    engine.releaseBatch(id);
    expect(got.length).toBe(rows);
    for (const [row, record] of got.entries()) {
      expect(record.text).toBe(payload(row));
      expect(record.partition_key).toBe(`ключ-${row}`);
      expect(record.sequence_number).toBe((4n * 10n ** 55n + BigInt(row)).toString());
      expect(record.shard_id).toBe('shardId-000000000007');
      expect(record.arrival).toBe(1_700_000_000_000_000n + BigInt(row) * 1_000n);
      expect(record.refresh).toBe(batch.refreshMicros);
      expect(record.duckshift_json_valid).toBe(row % 3 !== 0);
    }
  });

  it('can be read in part, twice and from several places of one query', async () => {
    const id = engine.registerBatch(
      streamBatch(Array.from({ length: 3_000 }, (_unused, row) => ({ data: String(row) }))),
    );
    const call = batchCall(id);
    expect(await connection.rows(`SELECT count(*) AS n FROM ${call}`)).toEqual([{ n: 3_000n }]);
    expect(await connection.rows(`SELECT decode(kinesis_data) AS d FROM ${call} LIMIT 1 OFFSET 2999`)).toEqual([
      { d: '2999' },
    ]);
    expect(await connection.rows(`SELECT count(*) AS n FROM ${call} a JOIN ${call} b USING (sequence_number)`)).toEqual(
      [{ n: 3_000n }],
    );
    engine.releaseBatch(id);
  });

  it('takes payloads of any bytes, empty ones and large ones', async () => {
    const large = Buffer.alloc(3_000_000, 0xab);
    const id = engine.registerBatch(
      streamBatch([{ data: Buffer.alloc(0) }, { data: Buffer.from([0, 255, 254]) }, { data: large }]),
    );
    const got = await connection.rows(
      `SELECT octet_length(kinesis_data) AS n, hex(kinesis_data[1:3]) AS h FROM ${batchCall(id)}`,
    );
    expect(got).toEqual([
      { n: 0n, h: '' },
      { n: 3n, h: '00FFFE' },
      { n: 3_000_000n, h: 'ABABAB' },
    ]);
    engine.releaseBatch(id);
  });

  it('may be empty', async () => {
    const id = engine.registerBatch(streamBatch([]));
    expect(await connection.rows(`SELECT * FROM ${batchCall(id)}`)).toEqual([]);
    engine.releaseBatch(id);
  });

  it('is gone once released', async () => {
    const id = engine.registerBatch(streamBatch([{ data: 'x' }]));
    engine.releaseBatch(id);
    await expect(connection.rows(`SELECT * FROM ${batchCall(id)}`)).rejects.toMatchObject({ code: expect.any(String) });
  });
});
