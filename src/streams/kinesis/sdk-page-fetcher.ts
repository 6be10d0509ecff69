import {
  type _Record,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis';
import type { StreamIdentity } from '../contract.js';
import type { EndpointTraits } from './endpoint.js';
import { type Page, type PageRecord, toColumns } from './page.js';
import type { PageFetcher, StartPoint } from './page-fetcher.js';
import { sdkFailure } from './sdk-failure.js';
import type { ShardNode } from './shard-graph.js';

/** The calls of a reader through the AWS SDK. */
export class SdkPageFetcher implements PageFetcher {
  readonly #client: KinesisClient;
  readonly #traits: EndpointTraits;

  constructor(client: KinesisClient, traits: EndpointTraits) {
    this.#client = client;
    this.#traits = traits;
  }

  async describe(stream: string, signal: AbortSignal): Promise<StreamIdentity & { creating: boolean }> {
    const { StreamDescriptionSummary: summary } = await this.#control(signal, (abortSignal) =>
      this.#client.send(new DescribeStreamSummaryCommand({ StreamName: stream }), { abortSignal }),
    );
    return {
      name: stream,
      id: summary?.StreamARN ?? '',
      createdAtMillis: summary?.StreamCreationTimestamp?.getTime() ?? 0,
      retentionHours: summary?.RetentionPeriodHours ?? 24,
      creating: summary?.StreamStatus === 'CREATING',
    };
  }

  async listStreams(signal: AbortSignal): Promise<string[]> {
    const names: string[] = [];
    for (;;) {
      const after = names.at(-1);
      const page = await this.#control(signal, (abortSignal) =>
        this.#client.send(new ListStreamsCommand({ ExclusiveStartStreamName: after, Limit: 1_000 }), { abortSignal }),
      );
      const found = page.StreamNames ?? [];
      names.push(...found);
      if (page.HasMoreStreams !== true || found.length === 0) return names;
    }
  }

  async listShards(stream: string, signal: AbortSignal): Promise<ShardNode[]> {
    const shards: ShardNode[] = [];
    let token: string | undefined;
    do {
      const input = token === undefined ? { StreamName: stream } : { NextToken: token };
      const page = await this.#control(signal, (abortSignal) =>
        this.#client.send(new ListShardsCommand(input), { abortSignal }),
      );
      for (const shard of page.Shards ?? []) {
        if (shard.ShardId === undefined) continue;
        shards.push({
          shardId: shard.ShardId,
          parents: [shard.ParentShardId, shard.AdjacentParentShardId].filter((id) => id !== undefined),
          closed: shard.SequenceNumberRange?.EndingSequenceNumber !== undefined,
        });
      }
      token = page.NextToken;
    } while (token !== undefined);
    return shards;
  }

  async iterator(stream: string, shardId: string, from: StartPoint, signal: AbortSignal): Promise<string> {
    const start =
      from.type === 'AFTER'
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, StartingSequenceNumber: from.sequenceNumber }
        : { ShardIteratorType: 'TRIM_HORIZON' as const };
    const { ShardIterator } = await this.#control(signal, (abortSignal) =>
      this.#client.send(new GetShardIteratorCommand({ StreamName: stream, ShardId: shardId, ...start }), {
        abortSignal,
      }),
    );
    return ShardIterator ?? '';
  }

  async fetchPage(iterator: string, limit: number, signal: AbortSignal): Promise<Page> {
    const page = await this.#call(signal, this.#traits.pageTimeout, (abortSignal) =>
      this.#client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }), { abortSignal }),
    );
    return {
      columns: toColumns((page.Records ?? []).map(toRecord)),
      nextIterator: page.NextShardIterator ?? undefined,
      millisBehindLatest: page.MillisBehindLatest ?? 0,
      childShards: (page.ChildShards ?? []).flatMap(({ ShardId, ParentShards }) =>
        ShardId === undefined ? [] : [{ shardId: ShardId, parents: ParentShards ?? [], closed: false }],
      ),
    };
  }

  #control<T>(signal: AbortSignal, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#call(signal, this.#traits.controlTimeout, send);
  }

  /** One attempt with a deadline over all of it: the SDK's own timeout does not see an answer that trickles. */
  async #call<T>(signal: AbortSignal, deadline: number, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await send(AbortSignal.any([signal, AbortSignal.timeout(deadline)]));
    } catch (error) {
      signal.throwIfAborted();
      throw sdkFailure(error);
    }
  }
}

function toRecord(record: _Record): PageRecord {
  return {
    arrivalMillis: record.ApproximateArrivalTimestamp?.getTime() ?? Date.now(),
    partitionKey: record.PartitionKey ?? '',
    sequenceNumber: record.SequenceNumber ?? '',
    data: payload(record.Data),
  };
}

/** kinesalite hands data that was put through CBOR over as `{type: 'Buffer', data: [bytes]}`. */
function payload(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (typeof data === 'object' && data !== null && 'data' in data && Array.isArray(data.data))
    return Uint8Array.from(data.data);
  return new Uint8Array(0);
}
