import type { StreamBatch } from '../../src/streams/contract.js';

export interface TestRecord {
  readonly data: string | Buffer;
  readonly key?: string;
  readonly sequence?: string;
  readonly valid?: boolean;
  readonly arrivalMicros?: bigint;
}

/** A batch of one shard as the reader hands it over. */
export function streamBatch(records: readonly TestRecord[], shardId = 'shardId-000000000007'): StreamBatch {
  const payloads = records.map(({ data }) => Buffer.from(data));
  const dataOffsets = new Uint32Array(records.length + 1);
  payloads.forEach((payload, row) => {
    dataOffsets[row + 1] = (dataOffsets[row] ?? 0) + payload.length;
  });
  return {
    shardId,
    rowCount: records.length,
    arrivalMicros: BigInt64Array.from(
      records,
      (record, row) => record.arrivalMicros ?? 1_700_000_000_000_000n + BigInt(row) * 1_000n,
    ),
    partitionKeys: records.map((record) => record.key ?? 'k'),
    sequenceNumbers: records.map((record, row) => record.sequence ?? (4n * 10n ** 55n + BigInt(row)).toString()),
    data: Buffer.concat(payloads),
    dataOffsets,
    jsonValid: Uint8Array.from(records, (record) => ((record.valid ?? true) ? 1 : 0)),
    refreshMicros: 1_800_000_000_123_456n,
  };
}
