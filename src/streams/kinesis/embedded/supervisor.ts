import { type ChildProcess, fork } from 'node:child_process';
import { entryPoint } from '../../../base/entry-point.js';
import type { Logger } from '../../../base/log.js';
import { listenFailure, StartError } from '../../../base/start-error.js';
import { type CompleteFault, completeFault, type Fault } from '../fault.js';
import type { ControlMessage, FromChild, InitialStream, ToChild } from './child-protocol.js';

export interface EmbeddedKinesisOptions {
  readonly host: string;
  /** 0 = any free port; the same one after a restart. */
  readonly port: number;
  /** Directory that keeps the streams; undefined keeps them in memory. */
  readonly path?: string | undefined;
  readonly region: string;
  /** Created at each start where missing. */
  readonly streams?: readonly InitialStream[] | undefined;
  /** Enforce AWS's limits per shard. Default: off. */
  readonly throttle?: boolean | undefined;
  readonly log: Logger;
}

/** A running embedded Kinesis endpoint. */
export interface EmbeddedKinesis {
  /** URL for clients on this machine. */
  readonly endpoint: string;
  readonly port: number;
  /** The child process; undefined while it is being restarted. */
  pid(): number | undefined;
  /** Called once when the child died too often and is not started again. */
  onGiveUp(listener: (error: Error) => void): void;
  /**
   * Move the endpoint's clock to so many milliseconds from real time: arrival stamps, retention and the age of
   * iterators follow. Restarts do not change it.
   */
  setClockOffset(millis: number): Promise<void>;
  /**
   * Let the next calls of an operation fail. Faults wait in the order they were set; a restart of the process drops
   * them.
   *
   * @throws FaultError for one that makes no sense
   */
  setFault(fault: Fault): Promise<void>;
  /** Drop the faults that wait and end the calls that hang. */
  clearFaults(): Promise<void>;
  /** Let the iterators given out so far expire: all, or those of a stream, or of one shard of it. */
  expireIterators(stream?: string, shardId?: string): Promise<void>;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** A message of a control call; the supervisor numbers them. */
type ControlCall = ControlMessage extends infer M ? (M extends { id: number } ? Omit<M, 'id'> : never) : never;

/** Pauses before each restart in a row; after the last the supervisor gives up. */
const restartDelaysMillis = [50, 100, 250, 500, 1_000];
/** A child that ran this long has recovered: the row starts again. */
const healthyMillis = 10_000;
const stopMillis = 2_000;
/** Twelve digits, as in ARNs. */
const accountId = '000000000000';

/**
 * Start the embedded Kinesis in a child process and keep it running: kinesalite's process may die, and its long pages
 * would stall this one.
 *
 * @throws StartError when the port is taken or may not be opened, when leveldown is missing for `path`, when another
 * process holds `path`
 */
export async function startEmbeddedKinesis(options: EmbeddedKinesisOptions): Promise<EmbeddedKinesis> {
  const supervisor = new Supervisor(options);
  await supervisor.start();
  return supervisor;
}

class Supervisor implements EmbeddedKinesis {
  readonly #options: EmbeddedKinesisOptions;
  readonly #giveUpListeners: ((error: Error) => void)[] = [];
  #child: ChildProcess | undefined;
  #port: number;
  #failures = 0;
  #restart: NodeJS.Timeout | undefined;
  #stopped = false;
  #clockOffset = 0;
  #lastCall = 0;
  readonly #calls = new Map<number, (did: boolean) => void>();

  constructor(options: EmbeddedKinesisOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  get endpoint(): string {
    return `http://${reachableHost(this.#options.host)}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  pid(): number | undefined {
    return this.#child?.pid;
  }

  onGiveUp(listener: (error: Error) => void): void {
    this.#giveUpListeners.push(listener);
  }

  /** Start a child and wait until it listens; from then on it is restarted when it dies. */
  async start(): Promise<void> {
    const child = fork(entryPoint('streams/kinesis/embedded/child.js'), [], {
      env: childEnvironment(this.#options.region),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    let lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-2_000);
    });
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
    });
    try {
      this.#port = await this.#listening(child, exited, () => lastWords);
    } catch (error) {
      if (this.#child === child) this.#child = undefined;
      throw error;
    }
    const startedAt = Date.now();
    void exited.then((reason) => {
      this.#child = undefined;
      this.#endCalls();
      if (this.#stopped) return;
      if (Date.now() - startedAt >= healthyMillis) this.#failures = 0;
      this.#died(reason, lastWords);
    });
  }

  #listening(child: ChildProcess, exited: Promise<string>, lastWords: () => string): Promise<number> {
    const { host, log, path, streams = [], throttle = false } = this.#options;
    const clockOffsetMillis = this.#clockOffset;
    return new Promise((resolve, reject) => {
      child.on('message', (message: FromChild) => {
        if (message.type === 'listening') resolve(message.port);
        else if (message.type === 'done') this.#calls.get(message.id)?.(true);
        else if (message.type === 'log') log[message.level](message.message);
        else reject(this.#startFailure(message.code, message.message));
      });
      child.once('error', reject);
      void exited.then((reason) => {
        reject(
          new StartError(`the embedded Kinesis ended before it listened (${reason}) ${firstLine(lastWords())}`.trim()),
        );
      });
      child.send({
        type: 'start',
        host,
        port: this.#port,
        path,
        streams,
        throttle,
        clockOffsetMillis,
      } satisfies ToChild);
    });
  }

  #startFailure(code: string | undefined, message: string): unknown {
    const error = Object.assign(new StartError(`the embedded Kinesis cannot start: ${message}`), { code });
    return listenFailure(error, 'the embedded Kinesis', this.#options.host, this.#port, 'kinesis-port');
  }

  #died(reason: string, lastWords: string): void {
    const { log, path } = this.#options;
    const delay = restartDelaysMillis[this.#failures++];
    const what = `the embedded Kinesis ended (${reason})`;
    if (delay === undefined) {
      const error = new Error(`${what} ${restartDelaysMillis.length + 1} times in a row and is not started again`);
      log.error(error.message, { output: lastWords });
      for (const listener of this.#giveUpListeners) listener(error);
      return;
    }
    const lost = path === undefined ? '; its streams were in memory and are lost' : '';
    log.error(`${what}; starting it again in ${delay} ms${lost}`, lastWords === '' ? {} : { output: lastWords });
    this.#restart = setTimeout(() => {
      this.start().then(
        () => log.info('the embedded Kinesis is back', { endpoint: this.endpoint }),
        (error: unknown) => {
          if (!this.#stopped) this.#died(error instanceof Error ? error.message : String(error), '');
        },
      );
    }, delay);
  }

  async setClockOffset(offsetMillis: number): Promise<void> {
    this.#clockOffset = offsetMillis;
    await this.#call({ type: 'clock', offsetMillis });
  }

  async setFault(given: Fault): Promise<void> {
    const fault: CompleteFault = completeFault(given);
    if (!(await this.#call({ type: 'set-fault', fault })))
      throw new Error('the embedded Kinesis is being restarted; set the fault again');
  }

  async clearFaults(): Promise<void> {
    await this.#call({ type: 'clear-faults' });
  }

  async expireIterators(stream?: string, shardId?: string): Promise<void> {
    await this.#call({ type: 'expire-iterators', stream, shardId });
  }

  /** Resolves to whether a process did it. One that dies takes faults, and what they hold back, with it. */
  #call(message: ControlCall): Promise<boolean> {
    const child = this.#child;
    if (child?.connected !== true) return Promise.resolve(false);
    const id = ++this.#lastCall;
    return new Promise((resolve) => {
      const settle = (did: boolean): void => {
        this.#calls.delete(id);
        resolve(did);
      };
      this.#calls.set(id, settle);
      child.send({ ...message, id } satisfies ToChild, (error) => {
        if (error !== null) settle(false);
      });
    });
  }

  #endCalls(): void {
    for (const settle of [...this.#calls.values()]) settle(false);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (child.connected) child.send({ type: 'stop' } satisfies ToChild, () => undefined);
    else child.kill();
    const kill = setTimeout(() => child.kill('SIGKILL'), stopMillis);
    await exited;
    clearTimeout(kill);
  }
}

/** Only what the child needs: nothing of the user's environment reaches kinesalite. */
function childEnvironment(region: string): NodeJS.ProcessEnv {
  const needed: NodeJS.ProcessEnv = { AWS_REGION: region, AWS_ACCOUNT_ID: accountId };
  // Windows cannot open sockets without it.
  if (process.env.SystemRoot !== undefined) needed.SystemRoot = process.env.SystemRoot;
  return needed;
}

/** An address a client on this machine can connect to, for a bind address. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? '';
}
