import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromSynthetic, SyntheticOptions, ToSynthetic } from './synthetic-endpoint.js';

/** A synthetic endpoint that runs. */
export interface Synthetic {
  readonly endpoint: string;
  readonly stream: 'synthetic';
  /** Records in all shards together. */
  readonly total: number;
  /** Sum of the field `n` of all records. */
  readonly sum: bigint;
  /** Give each shard more records. */
  grow(records: number): Promise<void>;
  stop(): void;
}

export async function startSynthetic(options: SyntheticOptions): Promise<Synthetic> {
  const child = fork(fileURLToPath(new URL('./synthetic-endpoint.js', import.meta.url)), [JSON.stringify(options)]);
  const answer = async (): Promise<FromSynthetic> => (await once(child, 'message'))[0];
  const ready = await answer();
  if (ready.type !== 'ready') throw new Error('the synthetic endpoint did not start');
  let records = options.records;
  return {
    endpoint: `http://127.0.0.1:${ready.port}`,
    stream: 'synthetic',
    get total() {
      return records * options.shards;
    },
    get sum() {
      const count = BigInt(records * options.shards);
      return (count * (count - 1n)) / 2n;
    },
    grow: async (more) => {
      const grown = answer();
      child.send({ type: 'grow', records: more } satisfies ToSynthetic);
      await grown;
      records += more;
    },
    stop: () => child.disconnect(),
  };
}
