import type { Store, StoredStream } from 'kinesalite/db/index.js';
import { AwsError } from './aws-answer.js';
import { done, findStream } from './store.js';

/** Run `work` when nothing else changes the stream: kinesalite's operations take the same lock. */
export function locked<T>(store: Store, name: string, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    store.metaDb.lock(name, (release) => {
      const end = release(() => undefined);
      work().then(resolve, reject).finally(end);
    });
  });
}

/** The stream as stored. @throws AwsError ResourceNotFoundException */
export async function requireStream(store: Store, name: string): Promise<StoredStream> {
  const stream = await findStream(store, name);
  if (stream === undefined) throw streamNotFound(store, name);
  return stream;
}

export function streamNotFound(store: Store, name: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Stream ${name} under account ${store.metaDb.awsAccountId} not found.`,
  );
}

/** @throws AwsError ResourceInUseException */
export function requireActive(store: Store, { StreamName: name, StreamStatus: status }: StoredStream): void {
  if (status !== 'ACTIVE')
    throw new AwsError(
      'ResourceInUseException',
      `Stream ${name} under account ${store.metaDb.awsAccountId} not ACTIVE, instead in state ${status}`,
    );
}

/** @throws AwsError ValidationException for an operation that AWS has for provisioned streams only */
export function requireProvisioned(store: Store, stream: StoredStream, operation: string): void {
  if (streamMode(stream) === 'ON_DEMAND')
    throw new AwsError(
      'ValidationException',
      `${operation} is not supported for stream ${stream.StreamName} under account ${store.metaDb.awsAccountId}: its capacity mode is ON_DEMAND.`,
    );
}

export function streamMode({ StreamModeDetails }: StoredStream): 'PROVISIONED' | 'ON_DEMAND' {
  return StreamModeDetails?.StreamMode ?? 'PROVISIONED';
}

export function writeStream(store: Store, stream: StoredStream): Promise<void> {
  return done<void>((callback) => store.metaDb.put(stream.StreamName, stream, callback));
}

/**
 * Read a stream, let `change` edit it, write it back; nothing else changes the stream meanwhile.
 *
 * @throws AwsError ResourceNotFoundException, or what `change` throws; nothing is written then
 */
export function changeStream<T>(
  store: Store,
  name: string,
  change: (stream: StoredStream) => T | Promise<T>,
): Promise<T> {
  return locked(store, name, async () => {
    const stream = await requireStream(store, name);
    const result = await change(stream);
    await writeStream(store, stream);
    return result;
  });
}

/** Every stream, in name order. */
export async function allStreams(store: Store): Promise<StoredStream[]> {
  const names: string[] = [];
  const iterator = store.metaDb.iterator({ values: false });
  const next = () =>
    new Promise<string | undefined>((resolve, reject) => {
      iterator.next((error, key) => (error ? reject(error) : resolve(key)));
    });
  for (let name = await next(); name !== undefined; name = await next()) names.push(name);
  await done<void>((callback) => iterator.end(callback));
  const streams: StoredStream[] = [];
  for (const name of names) {
    const stream = await findStream(store, name);
    if (stream !== undefined) streams.push(stream);
  }
  return streams;
}
