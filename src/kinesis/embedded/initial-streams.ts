import { setTimeout as sleep } from 'node:timers/promises';
import type { InitialStream } from './child-protocol.js';
import { callKinesalite } from './kinesalite-call.js';
import type { Gateway } from './operation.js';
import { createStream } from './operations/create-stream.js';
import { findStream, type OpenStore } from './store.js';
import { jsonType } from './wire-format.js';

const pollMillis = 2;

/**
 * Create the streams that do not exist yet and wait until they are active.
 *
 * @throws Error naming the stream that kinesalite refused
 */
export async function createInitialStreams(
  open: OpenStore,
  gateway: Gateway,
  streams: readonly InitialStream[],
): Promise<void> {
  for (const { name, shards } of streams) {
    if ((await findStream(gateway.store, name)) !== undefined) continue;
    const created = await createStream(gateway, {
      data: { StreamName: name, ShardCount: shards },
      forward: async (data) => {
        const raw = await callKinesalite(open.handler, {
          method: 'POST',
          url: '/',
          headers,
          body: Buffer.from(JSON.stringify(data)),
        });
        return { ...raw, body: raw.body.toString() };
      },
    });
    if (created.status !== 200) throw new Error(`stream ${name} cannot be created: ${created.body}`);
    while ((await findStream(gateway.store, name))?.StreamStatus === 'CREATING') await sleep(pollMillis);
  }
}

/** kinesalite wants a signature to be there, whatever it is. */
const headers = {
  'content-type': jsonType,
  'x-amz-target': 'Kinesis_20131202.CreateStream',
  'x-amz-date': '20200101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=duckshift, SignedHeaders=host, Signature=none',
};
