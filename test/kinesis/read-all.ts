import { createStreamReader } from '../../src/streams/kinesis/worker-reader.js';

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
    for await (const { batch } of reader.drain(request)) {
      for (let row = 0; row < (batch?.rowCount ?? 0); row++) {
        payloads.push(
          Buffer.from(batch?.data.subarray(batch.dataOffsets[row], batch.dataOffsets[row + 1]) ?? []).toString(),
        );
      }
    }
  } finally {
    await reader.close();
  }
  return payloads;
}
