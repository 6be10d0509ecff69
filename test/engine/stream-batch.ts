import type { DrainedBatch, StreamBatch } from '../../src/streams/contract.js';
import { toBatch } from '../../src/streams/kinesis/batch.js';
import { kinesisSource } from '../../src/streams/kinesis/columns.js';

export interface TestRecord {
  readonly data: string | Buffer;
  readonly key?: string;
  readonly sequence?: string;
  readonly valid?: boolean;
  readonly arrivalMicros?: bigint;
}

/** A batch of one shard as the engine takes it. */
export function streamBatch(records: readonly TestRecord[], shardId?: string): StreamBatch {
  const { rowCount, values } = drainedBatch(records, shardId);
  return { columns: kinesisSource.batchColumns, rowCount, values, refreshMicros: 1_800_000_000_123_456n };
}

/** A batch of one shard as the reader hands it over. JSON verdicts are those that the records give. */
export function drainedBatch(records: readonly TestRecord[], shardId = 'shardId-000000000007'): DrainedBatch {
  const payloads = records.map(({ data }) => Buffer.from(data));
  const dataOffsets = new Uint32Array(records.length + 1);
  payloads.forEach((payload, row) => {
    dataOffsets[row + 1] = (dataOffsets[row] ?? 0) + payload.length;
  });
  const batch = toBatch(shardId, {
    rowCount: records.length,
    arrivalMicros: BigInt64Array.from(
      records,
      (record, row) => record.arrivalMicros ?? 1_700_000_000_000_000n + BigInt(row) * 1_000n,
    ),
    partitionKeys: records.map((record) => record.key ?? 'k'),
    sequenceNumbers: records.map((record, row) => record.sequence ?? (4n * 10n ** 55n + BigInt(row)).toString()),
    data: new Uint8Array(Buffer.concat(payloads)),
    dataOffsets,
  });
  const bytes = Uint8Array.from(records, (record) => ((record.valid ?? true) ? 1 : 0));
  return {
    ...batch,
    values: batch.values.map((column) => (column.form === 'booleans' ? { ...column, bytes } : column)),
  };
}
