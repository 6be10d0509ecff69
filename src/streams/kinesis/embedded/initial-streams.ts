import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from './aws-answer.js';
import type { InitialStream } from './child-protocol.js';
import type { Gateway } from './operation.js';
import { makeStream } from './operations/create-stream.js';
import { findStream } from './store.js';

const pollMillis = 2;

/**
 * Create the streams that do not exist yet and wait until they are active.
 *
 * @throws Error naming the stream that was refused
 */
export async function createInitialStreams(gateway: Gateway, streams: readonly InitialStream[]): Promise<void> {
  for (const { name, shards } of streams) {
    if ((await findStream(gateway.store, name)) !== undefined) continue;
    try {
      await makeStream(gateway, { StreamName: name, ShardCount: shards });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new Error(`stream ${name} cannot be created: ${error.message}`, { cause: error });
    }
    while ((await findStream(gateway.store, name))?.StreamStatus === 'CREATING') await sleep(pollMillis);
  }
}
