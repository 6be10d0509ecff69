import { onTestFinished } from 'vitest';
import type { ColumnValues, DrainItem, StreamReader } from '../../src/streams/contract.js';
import { kinesisSource } from '../../src/streams/kinesis/columns.js';
import { decodePosition, encodePosition, type ShardPosition } from '../../src/streams/kinesis/position.js';
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
  const column = <F extends ColumnValues['form']>(name: string, form: F): Extract<ColumnValues, { form: F }> => {
    const values = batch.values[kinesisSource.batchColumns.findIndex((each) => each.name === name)];
    if (!isForm(values, form)) throw new Error(`${name} does not hold ${form}`);
    return values;
  };
  const { data, offsets } = column('kinesis_data', 'bytes');
  return Array.from({ length: batch.rowCount }, (_, row) => ({
    shardId: column('shard_id', 'constant').text,
    sequenceNumber: column('sequence_number', 'strings').strings[row] ?? '',
    partitionKey: column('partition_key', 'strings').strings[row] ?? '',
    arrivalMicros: column('approximate_arrival_timestamp', 'timestamps').micros[row] ?? 0n,
    data: Buffer.from(data.subarray(offsets[row], offsets[row + 1])),
    jsonValid: column('duckshift_json_valid', 'booleans').bytes[row] === 1,
  }));
}

function isForm<F extends ColumnValues['form']>(
  values: ColumnValues | undefined,
  form: F,
): values is Extract<ColumnValues, { form: F }> {
  return values?.form === form;
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
    const positions = new Map([...this.positions].map(([shardId, position]) => [shardId, encodePosition(position)]));
    for await (const item of this.#reader.drain({
      streamName: this.#stream,
      positions,
      boundMicros,
      signal: undefined,
    })) {
      found.push(...records(item));
      const position = decodePosition(item.position);
      this.positions.set(position.shardId, position);
      if (item.warning !== undefined) this.warnings.push(item.warning);
    }
    return found;
  }
}
