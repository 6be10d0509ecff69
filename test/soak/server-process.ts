import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Compiled: both the tests and the compiled soak start what a user starts. */
const launcher = fileURLToPath(new URL('../../dist/src/cli/launcher.cjs', import.meta.url)).replace(
  '/dist/dist/',
  '/dist/',
);

interface Ready {
  readonly pg: { readonly host: string; readonly port: number };
  readonly http: { readonly url: string };
  readonly kinesis: { readonly endpoint: string };
}

/** A duckshift in a process of its own that can be killed, and started again on the same data. */
export class ServerProcess {
  private constructor(
    readonly ready: Ready,
    private readonly child: ChildProcess,
    private readonly log: () => string,
  ) {}

  static async start(data: string): Promise<ServerProcess> {
    const flags = ['--port', '0', '--http-port', '0', '--kinesis-port', '0', '--tls', 'off', '--log-format', 'json'];
    const child = spawn(process.execPath, [launcher, 'start', ...flags, '--log-level', 'error', '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-4_000);
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('{"event":"ready"')) continue;
      child.stdout.resume();
      return new ServerProcess(JSON.parse(line), child, () => complaint);
    }
    throw new Error(`duckshift did not start: ${complaint}`);
  }

  get connectionString(): string {
    const { host, port } = this.ready.pg;
    return `postgres://awsuser:any@${host}:${port}/dev`;
  }

  /** What it wrote to standard error, the last of it. */
  get complaint(): string {
    return this.log();
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
  }

  /** Kill the embedded Kinesis; duckshift starts another. */
  async killKinesis(): Promise<void> {
    const state = JSON.parse(await this.#call('GET', 'state'));
    const pid: unknown = state.kinesis?.pid;
    if (typeof pid !== 'number') throw new Error('no embedded Kinesis runs');
    process.kill(pid, 'SIGKILL');
  }

  async setFault(fault: { operation: string; kind: string; times: number; delay_ms?: number }): Promise<void> {
    await this.#call('POST', 'faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', 'faults');
  }

  async expireIterators(stream: string): Promise<void> {
    await this.#call('POST', 'expire-iterators', { stream });
  }

  async #call(method: string, path: string, body?: object): Promise<string> {
    const response = await fetch(`${this.ready.http.url}/_duckshift/${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return answer;
  }
}
