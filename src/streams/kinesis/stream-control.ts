import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordsCommand,
  type Shard,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { createKinesisClient } from './client.js';
import { EndpointFailure } from './endpoint-failure.js';
import { realTiming, withRetry } from './retry.js';
import { sdkFailure } from './sdk-failure.js';

/** `index`: the stream's n-th shard in the order of ListShards, closed ones included; else a shard id. */
export type ShardName = { readonly index: number } | { readonly id: string };

export interface StreamRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/**
 * Makes, changes and fills streams, for tests. Each call resolves when the stream is active again, with its new
 * shards, or gone. Errors name the operation and what the endpoint said.
 */
export interface StreamControl {
  /** AWS page "CreateStream", provisioned mode. */
  create(stream: string, shards: number): Promise<void>;
  /** AWS page "DeleteStream". */
  delete(stream: string): Promise<void>;
  /** AWS page "SplitShard", at the middle of the shard's hash keys. */
  split(stream: string, shard: ShardName): Promise<void>;
  /** AWS page "MergeShards". */
  merge(stream: string, shards: readonly [ShardName, ShardName]): Promise<void>;
  /** The id of a shard. */
  shardId(stream: string, shard: ShardName): Promise<string>;
  /** AWS page "UpdateShardCount". */
  updateShardCount(stream: string, shards: number): Promise<void>;
  /** AWS page "PutRecords": all records, in order for each key. */
  put(stream: string, records: readonly StreamRecord[]): Promise<void>;
  close(): void;
}

export interface StreamControlOptions {
  readonly endpoint: string;
  /** Default: us-east-1. */
  readonly region?: string | undefined;
}

export function openStreamControl({ endpoint, region = 'us-east-1' }: StreamControlOptions): StreamControl {
  return new SdkStreamControl(createKinesisClient({ endpoint, region }), endpoint);
}

/** AWS page "PutRecords": records and bytes of one request. */
const recordsPerRequest = 500;
const bytesPerRequest = 4_000_000;
const longestWaitMillis = 60_000;

class SdkStreamControl implements StreamControl {
  readonly #client: KinesisClient;
  readonly #endpoint: string;

  constructor(client: KinesisClient, endpoint: string) {
    this.#client = client;
    this.#endpoint = endpoint;
  }

  async create(stream: string, shards: number): Promise<void> {
    await this.#call('CreateStream', () =>
      this.#client.send(new CreateStreamCommand({ StreamName: stream, ShardCount: shards })),
    );
    await this.#whenActive(stream);
  }

  async delete(stream: string): Promise<void> {
    await this.#call('DeleteStream', () => this.#client.send(new DeleteStreamCommand({ StreamName: stream })));
    await this.#until(`${stream} is gone`, async () => (await this.#status(stream)) === undefined);
  }

  async split(stream: string, shard: ShardName): Promise<void> {
    const { ShardId, HashKeyRange } = await this.#shard(stream, shard);
    const from = BigInt(HashKeyRange?.StartingHashKey ?? 0);
    const to = BigInt(HashKeyRange?.EndingHashKey ?? 0);
    const middle = String((from + to) / 2n + 1n);
    await this.#call('SplitShard', () =>
      this.#client.send(
        new SplitShardCommand({ StreamName: stream, ShardToSplit: ShardId, NewStartingHashKey: middle }),
      ),
    );
    await this.#whenActive(stream);
  }

  async merge(stream: string, [one, other]: readonly [ShardName, ShardName]): Promise<void> {
    const { ShardId: first } = await this.#shard(stream, one);
    const { ShardId: second } = await this.#shard(stream, other);
    await this.#call('MergeShards', () =>
      this.#client.send(
        new MergeShardsCommand({ StreamName: stream, ShardToMerge: first, AdjacentShardToMerge: second }),
      ),
    );
    await this.#whenActive(stream);
  }

  async shardId(stream: string, shard: ShardName): Promise<string> {
    return (await this.#shard(stream, shard)).ShardId ?? '';
  }

  async updateShardCount(stream: string, shards: number): Promise<void> {
    await this.#call('UpdateShardCount', () =>
      this.#client.send(
        new UpdateShardCountCommand({ StreamName: stream, TargetShardCount: shards, ScalingType: 'UNIFORM_SCALING' }),
      ),
    );
    await this.#whenActive(stream);
  }

  async put(stream: string, records: readonly StreamRecord[]): Promise<void> {
    for (const request of requests(records)) {
      let pending = request;
      await this.#until(`${stream} takes ${request.length} records`, async () => {
        const { Records = [] } = await this.#call('PutRecords', () =>
          this.#client.send(
            new PutRecordsCommand({
              StreamName: stream,
              Records: pending.map(({ partitionKey, data }) => ({ PartitionKey: partitionKey, Data: data })),
            }),
          ),
        );
        pending = pending.filter((_, index) => Records[index]?.ErrorCode !== undefined);
        return pending.length === 0;
      });
    }
  }

  close(): void {
    this.#client.destroy();
  }

  async #shard(stream: string, name: ShardName): Promise<Shard> {
    const shards: Shard[] = [];
    let token: string | undefined;
    do {
      const input = token === undefined ? { StreamName: stream } : { NextToken: token };
      const page = await this.#call('ListShards', () => this.#client.send(new ListShardsCommand(input)));
      shards.push(...(page.Shards ?? []));
      token = page.NextToken;
    } while (token !== undefined);
    const shard = 'index' in name ? shards[name.index] : shards.find(({ ShardId }) => ShardId === name.id);
    if (shard === undefined)
      throw new Error(`stream ${stream} has no shard ${'index' in name ? `number ${name.index}` : name.id}`);
    return shard;
  }

  async #whenActive(stream: string): Promise<void> {
    await this.#until(`${stream} is active`, async () => (await this.#status(stream)) === 'ACTIVE');
  }

  /** Undefined when there is no such stream. */
  async #status(stream: string): Promise<string | undefined> {
    try {
      const { StreamDescriptionSummary } = await this.#call('DescribeStreamSummary', () =>
        this.#client.send(new DescribeStreamSummaryCommand({ StreamName: stream })),
      );
      return StreamDescriptionSummary?.StreamStatus;
    } catch (error) {
      if (error instanceof EndpointFailure && error.kind === 'not-found') return undefined;
      throw error;
    }
  }

  async #until(what: string, reached: () => Promise<boolean>): Promise<void> {
    const deadline = realTiming.now() + longestWaitMillis;
    const signal = new AbortController().signal;
    for (let pause = 5; !(await reached()); pause = Math.min(pause * 2, 200)) {
      if (realTiming.now() > deadline) throw new Error(`gave up waiting until ${what}`);
      await realTiming.sleep(pause, signal);
    }
  }

  async #call<T>(operation: string, send: () => Promise<T>): Promise<T> {
    return await withRetry(realTiming, this.#endpoint, operation, new AbortController().signal, async () => {
      try {
        return await send();
      } catch (error) {
        throw sdkFailure(error);
      }
    });
  }
}

/** The records in runs that fit into one request each. */
function* requests(records: readonly StreamRecord[]): Generator<StreamRecord[]> {
  let run: StreamRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.data.length + Buffer.byteLength(record.partitionKey);
    if (run.length > 0 && (run.length === recordsPerRequest || bytes + size > bytesPerRequest)) {
      yield run;
      run = [];
      bytes = 0;
    }
    run.push(record);
    bytes += size;
  }
  if (run.length > 0) yield run;
}
