import type { IncomingMessage } from 'node:http';

/** The largest body taken: 10 MiB of records, AWS's limit for one request, in base64 and with room for the rest. */
const maxBodyBytes = 16 * 1024 * 1024;
/**
 * Up to this size a body that is too large is read and discarded, so that its sender receives the answer; beyond it the
 * connection is closed.
 */
const maxDiscardedBytes = 4 * maxBodyBytes;

/**
 * Read a request's body to its end.
 *
 * @returns the body; `too-large` for more than 16 MiB; `aborted` when the client went away first
 */
export function readBody(request: IncomingMessage): Promise<Buffer | 'too-large' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBodyBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (length > maxDiscardedBytes) request.destroy();
    });
    request.on('end', () => resolve(length <= maxBodyBytes ? Buffer.concat(chunks, length) : 'too-large'));
    request.on('error', () => resolve('aborted'));
    request.on('close', () => resolve('aborted'));
  });
}
