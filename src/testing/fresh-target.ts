import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartOptions, startDuckshift } from '../index.js';
import { openStreamControl } from '../streams/kinesis/stream-control.js';
import { startChildInstance } from './child-instance.js';
import type { Instance } from './instance.js';
import { parseTestFile } from './parse-test-file.js';
import { openPgSession } from './pg-session.js';
import type { TargetControls, TestTarget } from './target.js';

export interface FreshTargetOptions {
  /** Keep the data in a temporary directory, so that `restart` finds it again. Default: in memory. */
  readonly persistent?: boolean;
  /** Run in a separate process, which `restart kill` needs. Default: in this process. */
  readonly childProcess?: boolean;
  /** How long a statement may take before it counts as hanging. Default: 30,000. */
  readonly statementMillis?: number;
  /** Further options of the server, as for `startDuckshift`. */
  readonly start?: Omit<StartOptions, 'data' | 'port' | 'httpPort' | 'kinesisPort'>;
}

export const defaultStatementMillis = 30_000;

/** Start a separate duckshift for a text test. */
export async function startFreshTarget(options: FreshTargetOptions = {}): Promise<TestTarget> {
  const { persistent = false, childProcess = false, statementMillis = defaultStatementMillis } = options;
  const data = persistent ? await mkdtemp(join(tmpdir(), 'duckshift-test-')) : undefined;
  const start = async (): Promise<Instance> => {
    const startOptions = { ...options.start, data };
    return childProcess ? await startChildInstance(startOptions) : await startHere(startOptions);
  };
  const removeData = async () => {
    if (data !== undefined) await rm(data, { recursive: true, force: true });
  };
  let instance = await start().catch(async (error: unknown) => {
    await removeData();
    throw error;
  });
  let streams = openStreamControl({ endpoint: instance.kinesisEndpoint });
  let advanced = 0;
  return {
    system: 'duckshift',
    get streams() {
      return streams;
    },
    controls: {
      advanceClock: async (milliseconds) => {
        await instance.controls.advanceClock(milliseconds);
        advanced += milliseconds;
      },
      setFault: (fault) => instance.controls.setFault(fault),
      clearFaults: () => instance.controls.clearFaults(),
      expireIterators: (stream, shardId) => instance.controls.expireIterators(stream, shardId),
    },
    openSession: () => openPgSession({ connectionString: instance.connectionString, statementMillis }),
    restart: async (kill) => {
      if (!persistent) throw new Error('restart needs a target that keeps its data');
      if (kill && !childProcess) throw new Error('restart kill needs a target in a process of its own');
      streams.close();
      await instance.stop(kill);
      instance = await start();
      // Time does not go back for the data that a restart finds again.
      if (advanced > 0) await instance.controls.advanceClock(advanced);
      streams = openStreamControl({ endpoint: instance.kinesisEndpoint });
    },
    close: async () => {
      streams.close();
      await instance.stop(false);
      await removeData();
    },
  };
}

/**
 * Start what the file at `path` needs: a data directory when it says `restart`, a separate process when it says
 * `restart kill`.
 */
export async function startFreshTargetFor(path: string, options: FreshTargetOptions = {}): Promise<TestTarget> {
  const { records } = parseTestFile(await readFile(path, 'utf8'), path);
  const restarts = records.filter((record) => record.kind === 'restart');
  return await startFreshTarget({
    persistent: restarts.length > 0,
    childProcess: restarts.some(({ kill }) => kill),
    ...options,
  });
}

async function startHere(options: StartOptions): Promise<Instance> {
  const { connectionString, kinesisEndpoint, clock, faults, expireIterators, stop } = await startDuckshift(options);
  const controls: TargetControls = {
    advanceClock: clock.advance,
    setFault: faults.set,
    clearFaults: faults.clear,
    expireIterators,
  };
  return { connectionString, kinesisEndpoint, controls, stop: async () => await stop() };
}
