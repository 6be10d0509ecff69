import { onTestFinished } from 'vitest';
import type { DrainItem, ShardPosition, StreamReader } from '../../src/streams/contract.js';
import { createStreamReader, type StreamReaderOptions } from '../../src/streams/kinesis/worker-reader.js';

/** A record as it came out of a drain. */
export interface DrainedRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly arrivalMicros: bigint;
  readonly data: Buffer;
  readonly jsonValid: boolean;
}

export function records({ batch }: DrainItem): DrainedRecord[] {
  if (batch === undefined) return [];
  return Array.from({ length: batch.rowCount }, (_, row) => ({
    shardId: batch.shardId,
    sequenceNumber: batch.sequenceNumbers[row] ?? '',
    partitionKey: batch.partitionKeys[row] ?? '',
    arrivalMicros: batch.arrivalMicros[row] ?? 0n,
    data: Buffer.from(batch.data.subarray(batch.dataOffsets[row], batch.dataOffsets[row + 1])),
    jsonValid: batch.jsonValid[row] === 1,
  }));
}

/** A reader that ends with the test. */
export function reader(endpoint: string, options: Partial<StreamReaderOptions> = {}): StreamReader {
  const opened = createStreamReader({ endpoint, region: 'us-east-1', exactLag: true, ...options });
  onTestFinished(() => opened.close());
  return opened;
}

/** Reads a stream again and again as refreshes do: from the positions of the drain before. */
export class Consumer {
  readonly positions = new Map<string, ShardPosition>();
  readonly warnings: string[] = [];
  readonly #reader: StreamReader;
  readonly #stream: string;

  constructor(from: StreamReader, stream: string) {
    this.#reader = from;
    this.#stream = stream;
  }

  /** What is new up to now. */
  async drain(): Promise<DrainedRecord[]> {
    const found: DrainedRecord[] = [];
    const boundMicros = BigInt(Date.now()) * 1000n;
    const { positions } = this;
    for await (const item of this.#reader.drain({
      streamName: this.#stream,
      positions,
      boundMicros,
      signal: undefined,
    })) {
      found.push(...records(item));
      this.positions.set(item.position.shardId, item.position);
      if (item.warning !== undefined) this.warnings.push(item.warning);
    }
    return found;
  }
}
