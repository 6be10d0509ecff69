import { createStreamReader } from '../../src/streams/kinesis/worker-reader.js';
import { records } from '../ingest/drained.js';

/** The payloads of all records of a stream, read from the start. */
export async function readAll(endpoint: string, stream: string): Promise<string[]> {
  const reader = createStreamReader({ endpoint, region: 'us-east-1', exactLag: true });
  const payloads: string[] = [];
  const request = {
    streamName: stream,
    positions: new Map(),
    boundMicros: BigInt(Date.now()) * 1000n,
    signal: undefined,
  };
  try {
    for await (const item of reader.drain(request)) payloads.push(...records(item).map(({ data }) => data.toString()));
  } finally {
    await reader.close();
  }
  return payloads;
}
