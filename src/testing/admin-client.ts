import type { Fault } from '../streams/kinesis/fault.js';
import type { TargetControls } from './target.js';

/**
 * The verbs for time and faults through a duckshift's admin API.
 *
 * @param url base URL of its HTTP side
 */
export function adminControls(url: string): TargetControls {
  const call = async (method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> => {
    const request = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(new URL(`/_duckshift/${path}`, url), request).catch((error: unknown) => {
      throw new Error(`no duckshift answers at ${url}; give its address with --http-endpoint`, { cause: error });
    });
    if (!response.ok) throw new Error(`${method} /_duckshift/${path} at ${url} failed: ${await problem(response)}`);
  };
  return {
    advanceClock: (milliseconds) => call('POST', 'clock', { advance_ms: milliseconds }),
    setFault: ({ operation, kind, times, delayMs }: Fault) =>
      call('POST', 'faults', { operation, kind, times, delay_ms: delayMs }),
    clearFaults: () => call('DELETE', 'faults'),
    expireIterators: (stream, shardId) => call('POST', 'expire-iterators', { stream, shard_id: shardId }),
  };
}

async function problem(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  } catch {
    // Not duckshift's answer; shown as it is.
  }
  return `HTTP status ${response.status} ${text.slice(0, 200)}`.trim();
}

/** Controls of a target that has none: every verb fails, and says why. */
export function noControls(reason: string): TargetControls {
  const refuse = () => Promise.reject(new Error(reason));
  return { advanceClock: refuse, setFault: refuse, clearFaults: refuse, expireIterators: refuse };
}
