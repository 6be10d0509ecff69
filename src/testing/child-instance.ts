import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { entryPoint } from '../base/entry-point.js';
import type { StartOptions } from '../index.js';
import { type Config, settings } from '../server/config.js';
import { adminControls } from './admin-client.js';
import type { Instance } from './instance.js';

/** Start `duckshift start` in a separate process on free ports and wait until it is ready. */
export async function startChildInstance(options: StartOptions): Promise<Instance> {
  const flags = flagsOf({ logLevel: 'error', ...options, port: 0, httpPort: 0, kinesisPort: 0, logFormat: 'json' });
  const child = spawn(process.execPath, [entryPoint('cli/launcher.cjs'), 'start', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ready = await readyLine(child);
  const login = `${encodeURIComponent(options.user ?? 'awsuser')}:${encodeURIComponent(options.password ?? 'any')}`;
  return {
    connectionString: `postgres://${login}@${ready.pg.host}:${ready.pg.port}/${options.database ?? 'dev'}`,
    kinesisEndpoint: ready.kinesis.endpoint,
    controls: adminControls(ready.http.url),
    stop: async (kill) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(kill ? 'SIGKILL' : 'SIGTERM');
      await exited;
    },
  };
}

interface ReadyLine {
  readonly pg: { readonly host: string; readonly port: number };
  readonly http: { readonly url: string };
  readonly kinesis: { readonly endpoint: string };
}

/** The line `--log-format json` writes to standard output when the server takes connections. */
async function readyLine(child: ChildProcess): Promise<ReadyLine> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the child process has no output');
  let complaint = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  for await (const line of createInterface({ input: stdout })) {
    const ready = parseReadyLine(line);
    if (ready === undefined) continue;
    stdout.resume();
    return ready;
  }
  throw new Error(`duckshift did not start: ${complaint.trim()}`);
}

function parseReadyLine(line: string): ReadyLine | undefined {
  if (!line.startsWith('{"event":"ready"')) return undefined;
  const ready: { [K in keyof ReadyLine]?: Partial<ReadyLine[K]> } = JSON.parse(line);
  const { host, port } = ready.pg ?? {};
  const url = ready.http?.url;
  const endpoint = ready.kinesis?.endpoint;
  if (typeof host !== 'string' || typeof port !== 'number' || typeof url !== 'string' || typeof endpoint !== 'string')
    throw new Error(`not a ready line: ${line}`);
  return { pg: { host, port }, http: { url }, kinesis: { endpoint } };
}

/** The command line for options that differ from the defaults. */
function flagsOf(options: StartOptions): string[] {
  return settings.flatMap(({ key, flag, fallback }) => {
    const value = options[key];
    return value === undefined || value === fallback ? [] : [`--${flag}`, flagText(value)];
  });
}

function flagText(value: Config[keyof Config]): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.map(({ name, shards }) => `${name}:${shards}`).join(',');
  return String(value);
}
