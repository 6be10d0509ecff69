import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../src/cli/launcher.cjs', import.meta.url));
const flags = [
  '--port',
  '0',
  '--http-port',
  '0',
  '--kinesis-port',
  '0',
  '--log-format',
  'json',
  '--log-level',
  'error',
];

/** Where a server takes connections, for drivers and psql. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** A duckshift in a process of its own, as a user starts it. */
export interface DuckshiftProcess {
  readonly address: Address;
  stop(): Promise<void>;
}

/** Start one on free ports; resolves when it takes connections. */
export async function startDuckshiftProcess(...more: readonly string[]): Promise<DuckshiftProcess> {
  const child = spawn(process.execPath, [launcher, 'start', ...flags, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const { pg }: { pg: { host: string; port: number } } = JSON.parse(line);
    return {
      address: { ...pg, user: 'awsuser', database: 'dev' },
      stop: async () => {
        child.kill('SIGTERM');
        await exited;
      },
    };
  }
  throw new Error('duckshift did not start');
}
