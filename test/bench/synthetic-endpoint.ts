import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * A Kinesis endpoint for measurements, in a process of its own: it makes its records itself, so that it is never what
 * is measured. One stream, `synthetic`, whose shards are filled as the parent process says. Records are
 * `{"n": n, "g": n % groups, "f": "xxx…"}`, n counts up over all shards. Its ledger is arithmetic: n runs from 0
 * without a gap.
 */
export interface SyntheticOptions {
  readonly shards: number;
  /** Bytes of a payload, at least. */
  readonly payloadBytes: number;
  /** Different values of `g`. */
  readonly groups: number;
  /**
   * Records of a page; pages are made before they are asked for. 0: pages of the size that is asked for, made when they
   * are.
   */
  readonly pageRecords: number;
  /** Records of each shard at the beginning. */
  readonly records: number;
}

export type ToSynthetic =
  /** Each shard has this many more records. */
  { readonly type: 'grow'; readonly records: number };
export type FromSynthetic = { readonly type: 'ready'; readonly port: number } | { readonly type: 'grown' };

const account = '000000000000';
const stream = 'synthetic';
const arn = `arn:aws:kinesis:us-east-1:${account}:stream/${stream}`;
const created = 1_700_000_000;
const arrival = created + 100;

class SyntheticStream {
  #records: number;
  readonly #pages = new Map<string, Buffer>();

  constructor(private readonly options: SyntheticOptions) {
    this.#records = options.records;
    const { shards, pageRecords, records } = options;
    if (pageRecords === 0) return;
    for (let shard = 0; shard < shards; shard++)
      for (let from = 0; from < records; from += pageRecords)
        this.#pages.set(iterator(shard, from), this.#page(shard, from, pageRecords));
  }

  grow(records: number): void {
    this.#records += records;
  }

  answer(operation: string, body: Record<string, unknown>): Buffer | object {
    switch (operation) {
      case 'DescribeStreamSummary':
        return { StreamDescriptionSummary: this.#summary() };
      case 'ListStreams':
        return { StreamNames: [stream], HasMoreStreams: false };
      case 'ListShards':
        return { Shards: Array.from({ length: this.options.shards }, (_unused, shard) => this.#shard(shard)) };
      case 'GetShardIterator': {
        const shard = Number(String(body.ShardId).slice(-12));
        const after = body.StartingSequenceNumber;
        return { ShardIterator: iterator(shard, typeof after === 'string' ? Number(after.slice(-16)) + 1 : 0) };
      }
      case 'GetRecords': {
        const from = String(body.ShardIterator);
        const known = this.#pages.get(from);
        if (known !== undefined) return known;
        const [shard = 0, start = 0] = from.split('/').map(Number);
        return this.#page(shard, start, Math.min(Number(body.Limit ?? 10_000), 10_000));
      }
      default:
        throw new Error(`the synthetic endpoint knows no ${operation}`);
    }
  }

  #summary() {
    return {
      StreamName: stream,
      StreamARN: arn,
      StreamStatus: 'ACTIVE',
      StreamCreationTimestamp: created,
      RetentionPeriodHours: 24,
      OpenShardCount: this.options.shards,
      EnhancedMonitoring: [],
    };
  }

  #shard(shard: number) {
    return {
      ShardId: shardId(shard),
      HashKeyRange: { StartingHashKey: String(shard), EndingHashKey: String(shard) },
      SequenceNumberRange: { StartingSequenceNumber: sequence(shard, 0) },
    };
  }

  #page(shard: number, from: number, limit: number): Buffer {
    const { shards, payloadBytes, groups } = this.options;
    const to = Math.min(from + limit, this.#records);
    const records: string[] = [];
    for (let index = from; index < to; index++) {
      const n = index * shards + shard;
      const head = `{"n":${n},"g":${n % groups},"f":"`;
      const payload = `${head}${'x'.repeat(Math.max(0, payloadBytes - head.length - 2))}"}`;
      records.push(
        `{"ApproximateArrivalTimestamp":${arrival},"Data":"${Buffer.from(payload).toString('base64')}","PartitionKey":"k${n % 997}","SequenceNumber":"${sequence(shard, index)}"}`,
      );
    }
    const behind = to < this.#records ? 1_000 : 0;
    return Buffer.from(
      `{"Records":[${records.join(',')}],"NextShardIterator":"${iterator(shard, to)}","MillisBehindLatest":${behind}}`,
    );
  }
}

function shardId(shard: number): string {
  return `shardId-${String(shard).padStart(12, '0')}`;
}
function sequence(shard: number, index: number): string {
  return `4968047780958884481857107527657944${String(shard).padStart(6, '0')}${String(index).padStart(16, '0')}`;
}
function iterator(shard: number, index: number): string {
  return `${shard}/${index}`;
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function serve(streamed: SyntheticStream, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
  const answer = streamed.answer(operation, await readBody(request));
  const body = Buffer.isBuffer(answer) ? answer : Buffer.from(JSON.stringify(answer));
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': body.length });
  response.end(body);
}

const [, , argument] = process.argv;
if (process.send !== undefined && argument !== undefined) {
  const streamed = new SyntheticStream(JSON.parse(argument));
  const tell = (message: FromSynthetic): void => void process.send?.(message);
  const server = createServer((request, response) => {
    serve(streamed, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') tell({ type: 'ready', port: address.port });
  });
  process.on('message', (message: ToSynthetic) => {
    streamed.grow(message.records);
    tell({ type: 'grown' });
  });
  process.on('disconnect', () => process.exit(0));
}
