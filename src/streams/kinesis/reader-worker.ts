/** The worker thread that reads streams, so that ingesting never stalls queries. Started by `worker-reader.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { StreamUnavailableError } from '../contract.js';
import { batchBuffers, toBatch } from './batch.js';
import { ByteBudget } from './byte-budget.js';
import { createKinesisClient } from './client.js';
import { drainStream } from './drain.js';
import { endpointTraits } from './endpoint.js';
import { EndpointFailure } from './endpoint-failure.js';
import { IteratorCache } from './iterator-cache.js';
import { LoopbackPageFetcher } from './loopback-page-fetcher.js';
import type { PageFetcher } from './page-fetcher.js';
import { decodePosition, encodePosition, placeOf } from './position.js';
import { realTiming, withRetry } from './retry.js';
import { SdkPageFetcher } from './sdk-page-fetcher.js';
import type { ShardItem } from './shard-loop.js';
import { type FromWorker, type ToWorker, toFailure, type WorkerSettings } from './worker-protocol.js';

const settings: WorkerSettings = workerData;
const traits = endpointTraits(settings);
const fetcher = createFetcher();
const iterators = new IteratorCache(realTiming.now);
const { endpoint } = settings;

function createFetcher(): PageFetcher {
  const sdk = new SdkPageFetcher(createKinesisClient(settings), traits);
  const { endpoint, region } = settings;
  const direct = (traits.loopback || traits.exactLag) && endpoint.startsWith('http:');
  return direct ? new LoopbackPageFetcher(endpoint, region, traits, sdk) : sdk;
}

interface Drain {
  readonly abort: AbortController;
  readonly budget: ByteBudget;
}
const drains = new Map<number, Drain>();
const never = new AbortController().signal;

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

async function answer(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'describe':
      return send({ type: 'described', id: message.id, identity: await describe(message.stream) });
    case 'list':
      return send({
        type: 'listed',
        id: message.id,
        names: await call('ListStreams', () => fetcher.listStreams(never)),
      });
    case 'drain':
      await drain(message);
      return send({ type: 'drained', id: message.id });
    case 'credit':
      return drains.get(message.id)?.budget.give(message.bytes);
    case 'cancel':
      return drains.get(message.id)?.abort.abort();
  }
}

async function describe(stream: string) {
  try {
    const { name, id, createdAtMillis, retentionHours } = await call('DescribeStreamSummary', () =>
      fetcher.describe(stream, never),
    );
    return { name, id, createdAtMillis, retentionHours };
  } catch (error) {
    if (error instanceof EndpointFailure && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** A call outside of a drain. */
async function call<T>(operation: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await withRetry(realTiming, endpoint, operation, never, attempt);
  } catch (error) {
    if (!(error instanceof EndpointFailure) || error.kind === 'not-found') throw error;
    throw new StreamUnavailableError(`Kinesis endpoint ${endpoint} refused ${operation}: ${error.message}`);
  }
}

async function drain(message: Extract<ToWorker, { type: 'drain' }>): Promise<void> {
  const { id, stream, positions, boundMicros, horizonMicros } = message;
  const abort = new AbortController();
  const budget = new ByteBudget(settings.budgetBytes);
  drains.set(id, { abort, budget });
  const emit = ({ columns, position, skipped, more, warning }: ShardItem, bytes: number): void => {
    const batch = columns === undefined ? undefined : toBatch(position.shardId, columns);
    const item = { batch, position: encodePosition(position), place: placeOf(position), skipped, more, warning };
    send({ type: 'item', id, item, bytes }, batchBuffers(batch));
  };
  const context = {
    stream,
    endpoint,
    traits,
    fetcher,
    timing: realTiming,
    iterators,
    budget,
    signal: abort.signal,
    boundMicros,
    horizonMicros,
    emit,
  };
  try {
    const shards = positions.map(decodePosition).map((position) => [position.shardId, position] as const);
    await drainStream(context, new Map(shards), abort);
  } finally {
    drains.delete(id);
  }
}

parentPort?.on('message', (message: ToWorker) => {
  answer(message).catch((error: unknown) => send({ type: 'failed', id: message.id, failure: toFailure(error) }));
});
