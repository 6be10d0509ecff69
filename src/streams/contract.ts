import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';

/**
 * What a kind of stream is to the rest of the server: its name, its columns and its words. A source has a folder beside
 * this file and a line in `registry.ts`; nothing outside of them names it.
 */
export interface StreamSource {
  /** The word of `CREATE EXTERNAL SCHEMA … FROM`, as the catalog stores it. */
  readonly kind: string;
  /** What one stream of it is called in messages, such as `Kinesis stream`. */
  readonly title: string;
  /** What a server of such streams is called in messages, with its article, such as `a Kinesis endpoint`. */
  readonly endpointTitle: string;
  /** What `SELECT *` gives, in order. */
  readonly columns: readonly StreamColumn[];
  /** The columns of a batch, in order: `columns`, then those that `SELECT *` does not show. */
  readonly batchColumns: readonly StreamColumn[];
  /** Names that columns had in earlier releases, folded, and what they are called now. */
  readonly formerColumns: ReadonlyMap<string, string>;
}

/** A column of a stream relation and of the batch that stands for it in a refresh. */
export interface StreamColumn {
  readonly name: string;
  readonly type: RedshiftType;
  /**
   * Set for the column that holds a record's payload: the BOOLEAN column of the batch that says whether the payload is
   * strict JSON in UTF-8.
   */
  readonly jsonVerdict?: string | undefined;
}

/** Reads the streams of one source at one endpoint. */
export interface StreamReader {
  /**
   * The stream's identity, or undefined when there is no such stream.
   *
   * @throws StreamUnavailableError when the endpoint cannot be reached
   */
  describe(streamName: string): Promise<StreamIdentity | undefined>;
  listStreams(): Promise<string[]>;
  /**
   * Read every split of the stream from its position (its oldest record where there is none) up to its tip as of
   * `boundMicros`, parents before children. Yields batches as they arrive; the final position of each split is in the
   * last items. Memory in flight is bounded: the reader stops fetching while the consumer is busy.
   *
   * @throws StreamUnavailableError within seconds when the endpoint is dead. What was yielded before is then to be
   * thrown away by the caller, whose transaction rolls back.
   * @throws StreamNotFoundError
   */
  drain(request: DrainRequest): AsyncIterable<DrainItem>;
  close(): Promise<void>;
}

/** Tells a stream from another one that had its name before. */
export interface StreamIdentity {
  readonly name: string;
  /** The stream's full name at its source. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAtMillis: number;
  readonly retentionHours: number;
}

export interface DrainRequest {
  readonly streamName: string;
  /** By split. */
  readonly positions: ReadonlyMap<string, SplitPosition>;
  /**
   * Records that arrived before this instant (microseconds since the epoch) are all read before a split counts as
   * drained.
   */
  readonly boundMicros: bigint;
  /** The stream's retention period, to say where records may be lost. Undefined: nothing is said by age. */
  readonly retentionHours?: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** How far one split (a shard, a partition) has been read. */
export interface SplitPosition {
  readonly splitId: string;
  /**
   * Written and read by the source alone; others store it and compare it for equality. Undefined: nothing was read
   * yet, and reading begins at the oldest record.
   */
  readonly state: string | undefined;
}

export interface DrainItem {
  /** Undefined when only a position changed. */
  readonly batch: DrainedBatch | undefined;
  /** The position of the batch's split after it. */
  readonly position: SplitPosition;
  /** Where `position` is, for people. */
  readonly place: RecordPlace;
  /** Records that are larger than any column holds. They are not in the batch; the position is past them. */
  readonly skipped?: readonly SkippedRecord[] | undefined;
  /** Reading of the split stopped although it may hold more records: it is being written faster than read. */
  readonly more?: boolean | undefined;
  /**
   * Something the user should see among the stream's errors: the stored position was no longer valid, and reading went
   * on at the split's oldest record.
   */
  readonly warning?: string | undefined;
}

/** A record's place in its split: what SYS_STREAM_SCAN_STATES and SYS_STREAM_SCAN_ERRORS show. */
export interface RecordPlace {
  readonly text: string | undefined;
  /** Microseconds since the epoch. */
  readonly arrivalMicros: bigint | undefined;
}

export interface SkippedRecord {
  readonly place: RecordPlace;
  /** Of its payload. */
  readonly bytes: number;
}

/** Bytes of the largest record that is read: the limit of VARBYTE. */
export const largestRecordBytes = 16_777_216;

/** Records of one split, in order, column by column. */
export interface DrainedBatch {
  readonly rowCount: number;
  /** Of all payloads. */
  readonly payloadBytes: number;
  /** When each record arrived, microseconds since the epoch. */
  readonly arrivals: BigInt64Array;
  /** Values of the source's `batchColumns`, in their order. */
  readonly values: readonly ColumnValues[];
}

/** The values of one column of a batch. */
export type ColumnValues =
  /** Microseconds since the epoch, UTC. */
  | { readonly form: 'timestamps'; readonly micros: BigInt64Array }
  | { readonly form: 'strings'; readonly strings: readonly string[] }
  /** The same text in every row. */
  | { readonly form: 'constant'; readonly text: string }
  /** The start of the refresh, in every row. */
  | { readonly form: 'refresh time' }
  /** All values one after another, and `rowCount + 1` offsets into them. */
  | { readonly form: 'bytes'; readonly data: Uint8Array; readonly offsets: Uint32Array }
  /** 1 is true. */
  | { readonly form: 'booleans'; readonly bytes: Uint8Array };

/** A batch as the engine takes it. */
export interface StreamBatch {
  readonly columns: readonly StreamColumn[];
  readonly rowCount: number;
  /** In the order of `columns`. */
  readonly values: readonly ColumnValues[];
  /** Start of the refresh, microseconds since the epoch. */
  readonly refreshMicros: bigint;
}

/** The endpoint could not be reached or answered nonsense; the message names endpoint and operation. */
export class StreamUnavailableError extends Error {
  override readonly name = 'StreamUnavailableError';
}
/** The endpoint has no such stream. */
export class StreamNotFoundError extends Error {
  override readonly name = 'StreamNotFoundError';
}
