import type { ShardNode } from './shard-graph.js';

/** Records of one shard column by column, in sequence order. Each array has a buffer of its own, which can be transferred. */
export interface RecordColumns {
  readonly rowCount: number;
  /** Microseconds since the epoch. */
  readonly arrivalMicros: BigInt64Array<ArrayBuffer>;
  readonly partitionKeys: string[];
  readonly sequenceNumbers: string[];
  /** All payloads one after another. */
  readonly data: Uint8Array<ArrayBuffer>;
  /** `rowCount + 1` offsets into `data`. */
  readonly dataOffsets: Uint32Array<ArrayBuffer>;
}

/** One answer of GetRecords. */
export interface Page {
  readonly columns: RecordColumns;
  /** Undefined: the shard was split or merged, and this was its last page. */
  readonly nextIterator: string | undefined;
  readonly millisBehindLatest: number;
  /** Told with the last page by some endpoints. */
  readonly childShards: readonly ShardNode[];
}

export interface PageRecord {
  readonly arrivalMillis: number;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
  readonly data: Uint8Array;
}

/** Put records into columns. */
export function toColumns(records: readonly PageRecord[]): RecordColumns {
  const rowCount = records.length;
  const arrivalMicros = new BigInt64Array(rowCount);
  const dataOffsets = new Uint32Array(rowCount + 1);
  let length = 0;
  for (const [row, record] of records.entries()) {
    arrivalMicros[row] = BigInt(record.arrivalMillis) * 1000n;
    length += record.data.length;
    dataOffsets[row + 1] = length;
  }
  const data = new Uint8Array(length);
  for (const [row, record] of records.entries()) data.set(record.data, dataOffsets[row]);
  return {
    rowCount,
    arrivalMicros,
    partitionKeys: records.map(({ partitionKey }) => partitionKey),
    sequenceNumbers: records.map(({ sequenceNumber }) => sequenceNumber),
    data,
    dataOffsets,
  };
}

/** The columns without their first `count` rows. */
export function withoutFirst(columns: RecordColumns, count: number): RecordColumns {
  const start = columns.dataOffsets[count] ?? 0;
  return {
    rowCount: columns.rowCount - count,
    arrivalMicros: columns.arrivalMicros.slice(count),
    partitionKeys: columns.partitionKeys.slice(count),
    sequenceNumbers: columns.sequenceNumbers.slice(count),
    data: columns.data.slice(start),
    dataOffsets: columns.dataOffsets.slice(count).map((offset) => offset - start),
  };
}

/** Roughly the memory that the columns take, in bytes. */
export function columnBytes({ rowCount, data }: RecordColumns): number {
  return data.length + rowCount * overheadPerRecord;
}

/** Stamps, offsets, and the two strings. */
export const overheadPerRecord = 200;
