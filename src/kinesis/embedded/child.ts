/** The child process of the embedded Kinesis: a gateway in front of kinesalite. Started by `supervisor.ts`, which tells it what to do. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { FromChild, StartMessage, ToChild } from './child-protocol.js';
import { Exclusive } from './exclusive.js';
import { createGateway } from './gateway.js';
import { createInitialStreams } from './initial-streams.js';
import type { Gateway } from './operation.js';
import { repairStreams } from './repair.js';
import { type OpenStore, openStore } from './store.js';
import { StreamNotes } from './stream-notes.js';

/** Open requests get this long to finish at a stop. */
const graceMillis = 500;

let running: { open: OpenStore; server: Server } | undefined;
let stopping = false;

function send(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

async function start({ host, port, path, streams }: StartMessage): Promise<void> {
  const open = await openStore(path);
  const notes = new StreamNotes(open.store);
  const exclusive = new Exclusive();
  const gateway: Gateway = {
    store: open.store,
    notes,
    now: Date.now,
    exclusive: (stream, work) => exclusive.run(stream, work),
  };
  for (const message of await repairStreams(open.store, notes)) send({ type: 'log', level: 'warn', message });
  await createInitialStreams(open, gateway, streams);
  const server = createGateway(open, gateway, (error) => send({ type: 'log', level: 'error', message: text(error) }));
  server.listen(port, host);
  await once(server, 'listening');
  running = { open, server };
  const address = server.address();
  send({ type: 'listening', port: typeof address === 'object' && address !== null ? address.port : port });
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
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
  else void stop();
});
// The server is gone: nobody would stop this process any more.
process.on('disconnect', () => void stop());
process.on('SIGTERM', () => void stop());
// Ctrl-C reaches the whole process group; the server stops its child when it is done itself.
process.on('SIGINT', () => undefined);
process.on('uncaughtException', (error) => {
  // kinesalite throws what it does not expect; its state is unknown then. The supervisor starts a new process.
  console.error(text(error));
  process.exit(1);
});
