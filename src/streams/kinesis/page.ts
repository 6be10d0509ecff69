import type { SkippedRecord } from '../contract.js';
import type { ShardNode } from './shard-graph.js';

/**
 * Records of one shard column by column, in sequence order. Each array has its own buffer, which can be transferred.
 */
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
  /** Some endpoints report them with the last page. */
  readonly childShards: readonly ShardNode[];
  /**
   * Sequence number of the newest record past the iterator that was removed after its retention period. Only the
   * embedded endpoint reports it.
   */
  readonly trimmedThrough?: string | undefined;
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

/** The columns without the rows whose payloads are larger than `limit` bytes, and what those are. */
export function withoutOversize(
  columns: RecordColumns,
  limit: number,
): { readonly columns: RecordColumns; readonly skipped: readonly SkippedRecord[] } {
  const { rowCount, arrivalMicros, partitionKeys, sequenceNumbers, data, dataOffsets } = columns;
  const bytesOf = (row: number): number => (dataOffsets[row + 1] ?? 0) - (dataOffsets[row] ?? 0);
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  if (rows.every((row) => bytesOf(row) <= limit)) return { columns, skipped: [] };
  const kept = rows.filter((row) => bytesOf(row) <= limit);
  return {
    columns: toColumns(
      kept.map((row) => ({
        arrivalMillis: Number(arrivalMicros[row] ?? 0n) / 1000,
        partitionKey: partitionKeys[row] ?? '',
        sequenceNumber: sequenceNumbers[row] ?? '',
        data: data.subarray(dataOffsets[row], dataOffsets[row + 1]),
      })),
    ),
    skipped: rows
      .filter((row) => bytesOf(row) > limit)
      .map((row) => ({
        place: { text: sequenceNumbers[row], arrivalMicros: arrivalMicros[row] },
        bytes: bytesOf(row),
      })),
  };
}

/** Roughly the memory that the columns take, in bytes. */
export function columnBytes({ rowCount, data }: RecordColumns): number {
  return data.length + rowCount * overheadPerRecord;
}

/** Stamps, offsets, and the two strings. */
export const overheadPerRecord = 200;
