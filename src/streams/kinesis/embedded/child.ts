/**
 * The child process of the embedded Kinesis: a gateway in front of kinesalite. Started and controlled by
 * `supervisor.ts`.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from './aws-answer.js';
import type { ControlMessage, FromChild, StartMessage, ToChild } from './child-protocol.js';
import { moveClock } from './clock.js';
import { Faults } from './faults.js';
import { createGateway } from './gateway.js';
import { createInitialStreams } from './initial-streams.js';
import { IteratorExpiry } from './iterator-expiry.js';
import type { Gateway } from './operation.js';
import { repairStreams } from './repair.js';
import { type OpenStore, openStore, transitionMillis } from './store.js';
import { Throttle } from './throttle.js';

/** Open requests get this long to finish at a stop. */
const graceMillis = 500;

let running: { open: OpenStore; server: Server } | undefined;
let stopping = false;

function send(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

const faults = new Faults();
const iterators = new IteratorExpiry();
const creations = new Map<string, number>();

async function start(message: StartMessage): Promise<void> {
  const { host, port, path, streams } = message;
  moveClock(message.clockOffsetMillis);
  const open = await openStore(path);
  const { store } = open;
  const gateway: Gateway = {
    store,
    now: () => Date.now(),
    later: (work) => void setTimeout(() => work().catch(reportLate), transitionMillis),
    throttle: message.throttle ? new Throttle(store.metaDb.awsAccountId) : undefined,
    iterators,
    creations,
  };
  for (const repaired of await repairStreams(store)) send({ type: 'log', level: 'warn', message: repaired });
  await createInitialStreams(gateway, streams);
  const server = createGateway({ open, gateway, faults, report });
  server.listen(port, host);
  await once(server, 'listening');
  running = { open, server };
  const address = server.address();
  send({ type: 'listening', port: typeof address === 'object' && address !== null ? address.port : port });
}

function report(error: unknown): void {
  send({ type: 'log', level: 'error', message: text(error) });
}

/** A stream that was deleted meanwhile needs no change any more, and a store that is closed takes none. */
function reportLate(error: unknown): void {
  if (!stopping && !(error instanceof AwsError)) report(error);
}

async function control(message: ControlMessage): Promise<void> {
  switch (message.type) {
    case 'clock':
      // Usage recorded for a time in the future would count against the limits until that time.
      if (moveClock(message.offsetMillis) === 'back') {
        iterators.clear();
        creations.clear();
      }
      break;
    case 'set-fault':
      faults.set(message.fault);
      break;
    case 'clear-faults':
      faults.clear();
      break;
    case 'expire-iterators': {
      // Iterators given out from now on are of a later millisecond than those that expire.
      const mark = Date.now() + 1;
      iterators.expire(mark, message.stream, message.shardId);
      while (Date.now() < mark) await sleep(1);
    }
  }
  send({ type: 'done', id: message.id });
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  faults.clear();
  setTimeout(() => process.exit(0), 3 * graceMillis).unref();
  if (running !== undefined) {
    const { open, server } = running;
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), graceMillis).unref();
    await closed;
    await open.close();
  }
  process.exit(0);
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function fail(error: unknown): void {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (!process.connected) process.exit(1);
  process.send?.({ type: 'failed', code, message } satisfies FromChild, () => process.exit(1));
}

process.on('message', (message: ToChild) => {
  if (message.type === 'start') start(message).catch(fail);
  else if (message.type === 'stop') void stop();
  else control(message).catch(report);
});
// The server is gone: nothing else would stop this process.
process.on('disconnect', () => void stop());
// Ctrl-C and a service manager's SIGTERM reach the whole process group; the server stops its child when it is done
// itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('uncaughtException', (error) => {
  // kinesalite throws what it does not expect; its state is unknown then. The supervisor starts a new process.
  console.error(text(error));
  process.exit(1);
});
