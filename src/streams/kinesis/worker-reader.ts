import { Worker } from 'node:worker_threads';
import { entryPoint } from '../../base/entry-point.js';
import {
  type DrainItem,
  type DrainRequest,
  type StreamIdentity,
  type StreamReader,
  StreamUnavailableError,
} from '../contract.js';
import { DrainChannel } from './drain-channel.js';
import type { EndpointSettings } from './endpoint.js';
import { type FromWorker, fromFailure, type ToWorker, type WorkerSettings } from './worker-protocol.js';

/** Bytes of one drain between the endpoint and its consumer, pages being fetched included. */
const defaultBudgetBytes = 32 * 1024 * 1024;
const microsPerHour = 3_600_000_000n;

export interface StreamReaderOptions extends EndpointSettings {
  readonly budgetBytes?: number | undefined;
}

/**
 * A reader of the endpoint's streams that works in a separate thread. The thread starts with the first call, so that
 * loading the AWS SDK does not slow the server's start, and is restarted if it fails. It keeps the process alive only
 * while a call is open.
 */
export function createStreamReader(options: StreamReaderOptions): StreamReader {
  return new WorkerReader(options);
}

interface Call {
  settle(message: FromWorker): void;
  fail(error: Error): void;
}

class WorkerReader implements StreamReader {
  readonly #settings: WorkerSettings;
  readonly #calls = new Map<number, Call>();
  #worker: Worker | undefined;
  #lastId = 0;
  #closed = false;

  constructor({ endpoint, region, poll, exactLag, budgetBytes = defaultBudgetBytes }: StreamReaderOptions) {
    this.#settings = { endpoint, region, poll, exactLag, budgetBytes };
  }

  async describe(streamName: string): Promise<StreamIdentity | undefined> {
    const message = await this.#call((id) => ({ type: 'describe', id, stream: streamName }));
    return message.type === 'described' ? message.identity : undefined;
  }

  async listStreams(): Promise<string[]> {
    const message = await this.#call((id) => ({ type: 'list', id }));
    return message.type === 'listed' ? [...message.names] : [];
  }

  async *drain({
    streamName,
    positions,
    boundMicros,
    retentionHours,
    signal,
  }: DrainRequest): AsyncGenerator<DrainItem, void, undefined> {
    signal?.throwIfAborted();
    const channel = new DrainChannel();
    const abort = (): void => channel.fail(signal?.reason);
    const id = this.#open({
      settle: (message) => channel.take(message),
      fail: (error) => channel.fail(error),
    });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const horizonMicros =
        retentionHours === undefined ? undefined : boundMicros - BigInt(retentionHours) * microsPerHour;
      this.#post({
        type: 'drain',
        id,
        stream: streamName,
        positions: [...positions.values()],
        boundMicros,
        horizonMicros,
      });
      for (;;) {
        const next = await channel.next();
        if (next === undefined) return;
        yield next.item;
        this.#post({ type: 'credit', id, bytes: next.bytes });
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      if (!channel.ended) this.#post({ type: 'cancel', id });
      this.#close(id);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#failAll(new StreamUnavailableError('the stream reader is closed'));
    await worker?.terminate();
  }

  /** A request with one answer. */
  #call(request: (id: number) => ToWorker): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      const id = this.#open({
        settle: (message) => {
          this.#close(id);
          if (message.type === 'failed') reject(fromFailure(message.failure));
          else resolve(message);
        },
        fail: reject,
      });
      this.#post(request(id));
    });
  }

  #open(call: Call): number {
    if (this.#closed) throw new StreamUnavailableError('the stream reader is closed');
    this.#worker ??= this.#start();
    const id = ++this.#lastId;
    this.#calls.set(id, call);
    this.#worker.ref();
    return id;
  }

  #close(id: number): void {
    this.#calls.delete(id);
    if (this.#calls.size === 0) this.#worker?.unref();
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(entryPoint('streams/kinesis/reader-worker.js'), {
      name: 'stream-reader',
      workerData: this.#settings,
      execArgv: [],
    });
    worker.on('message', (message: FromWorker) => this.#calls.get(message.id)?.settle(message));
    worker.on('error', (error) => this.#lost(worker, error.stack ?? error.message));
    worker.on('exit', (code) => this.#lost(worker, `exit status ${code}`));
    return worker;
  }

  #lost(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#failAll(new StreamUnavailableError(`the stream reader stopped: ${reason}`));
  }

  #failAll(error: Error): void {
    this.#worker = undefined;
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.fail(error);
  }
}
