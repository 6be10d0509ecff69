/** Reads streams of one Kinesis-compatible endpoint. Only `src/streams/kinesis` imports the AWS SDK. */
export interface StreamReader {
  /** The stream's identity, or undefined when the endpoint has no such stream. Throws `StreamUnavailableError` when the endpoint cannot be reached. */
  describe(streamName: string): Promise<StreamIdentity | undefined>;
  listStreams(): Promise<string[]>;
  /**
   * Read every shard of the stream from its position (TRIM_HORIZON where there is none) up to its tip as of `boundMicros`, parents before children.
   * Yields batches as they arrive; the final position of each shard is in `positions` of the last items. Memory in flight is bounded: the reader
   * stops fetching while the consumer is busy. Throws `StreamUnavailableError` within seconds when the endpoint is dead; what was yielded before is then
   * to be thrown away by the caller (its transaction rolls back).
   */
  drain(request: DrainRequest): AsyncIterable<DrainItem>;
  close(): Promise<void>;
}

export interface StreamIdentity {
  readonly name: string;
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly createdAtMillis: number;
  readonly retentionHours: number;
}

export interface DrainRequest {
  readonly streamName: string;
  readonly positions: ReadonlyMap<string, ShardPosition>;
  /** Records that arrived before this instant (microseconds since the epoch) are all read before a shard counts as drained. */
  readonly boundMicros: bigint;
  /** The stream's retention period, to say where records may be lost. Undefined: nothing is said by age. */
  readonly retentionHours?: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface ShardPosition {
  readonly shardId: string;
  /** Last consumed sequence number; undefined when nothing was consumed yet. */
  readonly sequenceNumber: string | undefined;
  readonly arrivalMicros: bigint | undefined;
  readonly ended: boolean;
}

export interface DrainItem {
  /** Undefined when only a position changed (a shard ended without further records). */
  readonly batch: Omit<StreamBatch, 'refreshMicros'> | undefined;
  /** The position of the batch's shard after it. */
  readonly position: ShardPosition;
  /** Records that are larger than any column holds. They are not in the batch; the position is past them. */
  readonly skipped?: readonly SkippedRecord[] | undefined;
  /** Reading of the shard stopped although it may hold more records: it is being written faster than read. */
  readonly more?: boolean | undefined;
  /**
   * Something the user should see among the stream's errors: the stored position was no longer valid (past the retention period), and reading went on at the shard's
   * oldest record.
   */
  readonly warning?: string | undefined;
}

export interface SkippedRecord {
  readonly sequenceNumber: string;
  readonly arrivalMicros: bigint;
  /** Of its payload. */
  readonly bytes: number;
}

/** Bytes of the largest record that is read: the limit of VARBYTE. */
export const largestRecordBytes = 16_777_216;

/** The endpoint could not be reached or answered nonsense; the message names endpoint and operation. */
export class StreamUnavailableError extends Error {
  override readonly name = 'StreamUnavailableError';
}
/** The endpoint has no such stream. */
export class StreamNotFoundError extends Error {
  override readonly name = 'StreamNotFoundError';
}

/** Records of one shard, in sequence order, column by column. */
export interface StreamBatch {
  readonly shardId: string;
  readonly rowCount: number;
  /** Approximate arrival, microseconds since the epoch, UTC. */
  readonly arrivalMicros: BigInt64Array;
  readonly partitionKeys: readonly string[];
  readonly sequenceNumbers: readonly string[];
  /** All payloads one after another. */
  readonly data: Uint8Array;
  /** `rowCount + 1` offsets into `data`. */
  readonly dataOffsets: Uint32Array;
  /** 1 where the payload is strict JSON in UTF-8. */
  readonly jsonValid: Uint8Array;
  /** Start of the refresh, microseconds since the epoch: the `refresh_time` column. */
  readonly refreshMicros: bigint;
}
