import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  type Shard,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';
import type { EmbeddedKinesis, EmbeddedKinesisOptions } from '../../src/streams/kinesis/embedded/supervisor.js';
import { embeddedKinesis, userClient } from './embedded-kinesis.js';

export const firstShard = 'shardId-000000000000';

/** The common calls on one stream of an embedded Kinesis, through the AWS SDK. */
export class StreamClient {
  constructor(
    readonly kinesis: EmbeddedKinesis,
    readonly client: KinesisClient,
    readonly StreamName: string,
  ) {}

  get StreamARN(): string {
    return `arn:aws:kinesis:us-east-1:000000000000:stream/${this.StreamName}`;
  }

  async summary(): Promise<StreamDescriptionSummary> {
    const { StreamName } = this;
    const { StreamDescriptionSummary: summary } = await this.client.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    if (summary === undefined) throw new Error('no summary');
    return summary;
  }

  async active(): Promise<StreamDescriptionSummary> {
    for (;;) {
      const summary = await this.summary();
      if (summary.StreamStatus === 'ACTIVE') return summary;
    }
  }

  async shards(): Promise<Shard[]> {
    return (await this.client.send(new ListShardsCommand({ StreamName: this.StreamName }))).Shards ?? [];
  }

  async openShards(): Promise<Shard[]> {
    const open = (await this.shards()).filter(
      ({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined,
    );
    return open.sort((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
  }

  put(data: string | Uint8Array, PartitionKey = 'k') {
    const { StreamName } = this;
    return this.client.send(new PutRecordCommand({ StreamName, PartitionKey, Data: Buffer.from(data) }));
  }

  putMany(payloads: readonly Uint8Array[], keys: readonly string[] = []) {
    const Records = payloads.map((Data, index) => ({ Data, PartitionKey: keys[index] ?? 'k' }));
    return this.client.send(new PutRecordsCommand({ StreamName: this.StreamName, Records }));
  }

  async iterator(from: Partial<GetShardIteratorCommandInput> = {}): Promise<string> {
    const { StreamName } = this;
    const { ShardIterator } = await this.client.send(
      new GetShardIteratorCommand({ StreamName, ShardId: firstShard, ShardIteratorType: 'TRIM_HORIZON', ...from }),
    );
    return ShardIterator ?? '';
  }

  page(ShardIterator: string | undefined, Limit?: number): Promise<GetRecordsCommandOutput> {
    return this.client.send(new GetRecordsCommand({ ShardIterator, Limit }));
  }

  async read(from: Partial<GetShardIteratorCommandInput> = {}, limit?: number): Promise<GetRecordsCommandOutput> {
    return this.page(await this.iterator(from), limit);
  }
}

/** An embedded Kinesis with stream `s`, which ends with the test. */
export async function startStream(
  shards = 1,
  options: Partial<EmbeddedKinesisOptions> = {},
  StreamName = 's',
): Promise<StreamClient> {
  const kinesis = await embeddedKinesis({ streams: [{ name: StreamName, shards }], ...options });
  return new StreamClient(kinesis, userClient(kinesis.endpoint), StreamName);
}

export function startOf(shard: Shard): bigint {
  return BigInt(shard.HashKeyRange?.StartingHashKey ?? 0);
}

/** The payloads of a page as text. */
export function texts({ Records = [] }: GetRecordsCommandOutput): string[] {
  return Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
}
