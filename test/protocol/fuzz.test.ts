import { randomBytes } from 'node:crypto';
import { connect as connectSocket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../../src/base/log.js';
import { saltedSha256 } from '../../src/passwords/digests.js';
import { scramVerifier } from '../../src/passwords/scram-verifier.js';
import type { SessionHost } from '../../src/session/contract.js';
import type { Authenticate } from '../../src/wire/auth/authentication.js';
import { Connection, type ConnectionOptions } from '../../src/wire/connection/connection.js';
import { createWireServer, type WireServer } from '../../src/wire/server.js';
import { createServerIdentity } from '../../src/wire/tls/certificate.js';
import { openTestHost, type TestHost } from '../session/open-test-host.js';
import { Random } from '../soak/random.js';
import { connectionOptions } from '../wire/connection-options.js';
import { duplexPair } from '../wire/duplex-pair.js';
import { client } from '../wire/raw-client.js';
import {
  coherent,
  malformed,
  opening,
  passwordAnswer,
  startupParameters,
  unframed,
  wellFormed,
} from './fuzz/messages.js';
import { Peer } from './fuzz/peer.js';
import { liveMemory } from './live-memory.js';

/**
 * A hundred thousand cases against real sessions, from fixed seeds. A healthy session beside them has to answer right
 * all the time, nobody may see another session's marker, no line may be logged as an error, nothing may be left open,
 * and memory has to stay where it is. WIRE_FUZZ_SEED and WIRE_FUZZ_SCALE ask for others and more.
 */
const seed = Number(process.env.WIRE_FUZZ_SEED ?? 1);
const scale = Number(process.env.WIRE_FUZZ_SCALE ?? 1);
const counts = {
  session: 50_000,
  broken: 3_000,
  opening: 27_000,
  password: 5_000,
  startup: 1_500,
  socket: 1_200,
  tls: 300,
};
const lanes = 4;
const longest = 900_000;

let host: TestHost;
const logged: string[] = [];
const log = createLogger('error', 'json', (line) => logged.push(line));
let lastMarker = 0;

beforeAll(async () => {
  host = await openTestHost();
  const session = await host.open();
  await session.all('CREATE TABLE shared (n int)', 'INSERT INTO shared VALUES (1)');
  await session.session.close();
});
afterAll(() => host.close());

function options(changed: Partial<ConnectionOptions> = {}): ConnectionOptions {
  return connectionOptions(host.host, { log, maxMessageBytes: 1 << 20, admit: () => () => undefined, ...changed });
}

/** A connection in memory, served. */
function served(marker: string | undefined, at = options(), encryptionAsked = false) {
  const [near, far] = duplexPair();
  const connection = new Connection(far, '127.0.0.1', at);
  return { peer: new Peer(near, marker, { encryptionAsked }), done: connection.serve() };
}

/** An open session that holds a marker of its own in a table, a setting, a prepared statement and a portal. */
async function openMarked() {
  const marker = `mark-${++lastMarker}-krma`;
  const { peer, done } = served(marker);
  peer.send(client.startup());
  await peer.arrival();
  peer.expect('ready');
  peer.send(
    Buffer.concat([
      client.query(`CREATE TEMP TABLE mine (secret varchar(200)); INSERT INTO mine VALUES ('${marker}')`),
      client.query(`SET query_group TO '${marker}'; SET application_name TO '${marker}'`),
      client.query('PREPARE p AS SELECT secret, $1::int FROM mine'),
      client.parse('SELECT secret FROM mine', { name: 's' }),
      client.sync(),
      client.query("SELECT 'ready'"),
    ]),
  );
  await peer.arrival();
  expect(peer.errors).toEqual([]);
  return { peer, done };
}

/** A session that does nothing unusual. */
class Healthy {
  #count = 0;
  private constructor(private readonly session: Awaited<ReturnType<typeof openMarked>>) {}

  static async open(): Promise<Healthy> {
    return new Healthy(await openMarked());
  }

  async check(): Promise<void> {
    const { peer } = this.session;
    const word = `turn ${++this.#count}`;
    peer.expect(`${peer.marker} ${word}`);
    const before = peer.messages;
    peer.send(
      Buffer.concat([
        client.parse("SELECT secret || ' ' || $1 FROM mine"),
        client.bind({ parameters: [word] }),
        client.describePortal(),
        client.execute(),
        client.sync(),
      ]),
    );
    await peer.arrival();
    expect({ wrong: peer.wrong, ended: peer.ended, errors: peer.errors }).toEqual({
      wrong: [],
      ended: false,
      errors: [],
    });
    expect(peer.messages - before).toBe(6);
  }

  async close(): Promise<void> {
    this.session.peer.send(client.terminate());
    await this.session.done;
  }
}

/**
 * Run `cases` cases in lanes side by side, each with random numbers of its own, and look after the healthy session in
 * between.
 */
async function fuzz(cases: number, lane: (random: Random, cases: number) => AsyncGenerator<unknown>): Promise<void> {
  const healthy = await Healthy.open();
  const random = new Random(seed);
  const share = Math.ceil((cases * scale) / lanes);
  let over = false;
  const watch = async (): Promise<void> => {
    while (!over) {
      await healthy.check();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const one = async (own: Random): Promise<void> => {
    let ran = 0;
    for await (const _case of lane(own, share)) ran++;
    expect(ran).toBe(share);
  };
  const watching = watch();
  try {
    await Promise.all(Array.from({ length: lanes }, () => one(random.fork())));
  } finally {
    over = true;
    await watching;
    await healthy.close();
    expect(logged.splice(0)).toEqual([]);
  }
  // The server hears of a closed socket a moment later.
  await expect.poll(() => host.host.sessions().length, { timeout: 60_000 }).toBe(0);
}

function list(random: Random, most: number, make: (random: Random) => Buffer): Buffer {
  return Buffer.concat(Array.from({ length: random.integer(1, most) }, () => make(random)));
}

/** Send `bytes` in a few pieces. */
function pieces(random: Random, peer: Peer, bytes: Buffer): void {
  const cuts = random.next() < 0.7 ? 0 : random.integer(1, 3);
  let from = 0;
  for (let n = 0; n < cuts; n++) {
    const to = random.integer(from, bytes.length);
    peer.send(bytes.subarray(from, to));
    from = to;
  }
  peer.send(bytes.subarray(from));
}

function inOrder(peer: Peer, what: () => string): void {
  const defects = peer.errors.filter((error) => error.includes('internal error'));
  peer.errors = [];
  if (peer.wrong.length > 0 || defects.length > 0)
    throw new Error(`${what()}: ${[...peer.wrong, ...defects].join('; ')}`);
}

/** Whole statements, messages in any order, and messages with the wrong things in them. */
function any(random: Random): Buffer {
  const share = random.next();
  return share < 0.45 ? coherent(random) : share < 0.75 ? wellFormed(random) : malformed(random);
}

async function* sessionCases(random: Random, cases: number): AsyncGenerator<unknown> {
  let { peer, done } = await openMarked();
  for (let n = 0; n < cases; n++) {
    const bytes = list(random, 4, any);
    // A word that does not parse is answered in every state, without a trip to the engine.
    const fence = `fence${n}x`;
    peer.expect(fence);
    pieces(random, peer, Buffer.concat([bytes, client.sync(), client.query(fence)]));
    if (random.next() < 0.5) peer.send(client.query('ROLLBACK'));
    await peer.arrival();
    inOrder(peer, () => bytes.toString('hex'));
    if (peer.ended || n % 1_000 === 999) {
      peer.send(client.terminate());
      await done;
      ({ peer, done } = await openMarked());
    }
    yield n;
  }
  peer.send(client.terminate());
  await done;
}

test('any messages in an open session', async () => await fuzz(counts.session, sessionCases), longest);

test(
  'an open session that is broken off in the middle of a message, or finds none any more',
  async () =>
    await fuzz(counts.broken, async function* (random, cases) {
      for (let n = 0; n < cases; n++) {
        const { peer, done } = n % 20 === 0 ? await openMarked() : served(undefined);
        const startup = n % 20 === 0 ? Buffer.alloc(0) : client.startup({ user: 'awsuser', database: 'dev' });
        const bytes = Buffer.concat([startup, list(random, 3, any), unframed(random)]);
        pieces(random, peer, bytes);
        if (random.next() < 0.5) await peer.end();
        else peer.stream.end();
        await done;
        inOrder(peer, () => bytes.toString('hex'));
        yield n;
      }
    }),
  longest,
);

test(
  'any bytes where a connection begins',
  async () =>
    await fuzz(counts.opening, async function* (random, cases) {
      const refusing: SessionHost = { openSession: () => Promise.reject(new Error('no session may be opened')) };
      const at = options({ sessions: refusing, authenticate: async () => ({ method: 'refuse' }) });
      for (let n = 0; n < cases; n++) {
        const { peer, done } = served(undefined, at, true);
        const bytes = Buffer.concat([opening(random), random.next() < 0.5 ? opening(random) : Buffer.alloc(0)]);
        pieces(random, peer, bytes);
        peer.stream.end();
        await done;
        inOrder(peer, () => bytes.toString('hex'));
        yield n;
      }
    }),
  longest,
);

test(
  'anything but the password, by every method',
  async () => {
    const salt = randomBytes(16);
    const password = 'Right-Password1';
    const verifier = await scramVerifier(password);
    const methods: readonly Awaited<ReturnType<Authenticate>>[] = [
      { method: 'md5', secret: { type: 'plain', password } },
      { method: 'scram-sha-256', secret: { type: 'scram-sha-256', verifier } },
      { method: 'sha-256', secret: { type: 'sha-256', digest: saltedSha256(password, salt), salt } },
      { method: 'md5', secret: undefined },
    ];
    const refusing: SessionHost = { openSession: () => Promise.reject(new Error('no session may be opened')) };
    await fuzz(counts.password, async function* (random, cases) {
      for (let n = 0; n < cases; n++) {
        const requirement = methods[n % methods.length] ?? { method: 'refuse' };
        const at = options({ sessions: refusing, authenticate: async () => requirement });
        const { peer, done } = served(undefined, at);
        const driver: Record<string, string> = n % 8 === 2 ? { client_protocol_version: '2' } : {};
        const bytes = Buffer.concat([
          client.startup({ user: 'awsuser', database: 'dev', ...driver }),
          list(random, 3, passwordAnswer),
        ]);
        pieces(random, peer, bytes);
        peer.stream.end();
        await done;
        inOrder(peer, () => bytes.toString('hex'));
        yield n;
      }
    });
  },
  longest,
);

test(
  'any startup parameters',
  async () =>
    await fuzz(counts.startup, async function* (random, cases) {
      for (let n = 0; n < cases; n++) {
        const { peer, done } = served(undefined);
        const bytes = Buffer.concat([client.startup(startupParameters(random)), client.query('SELECT 1')]);
        pieces(random, peer, bytes);
        peer.send(client.terminate());
        await done;
        inOrder(peer, () => bytes.toString('latin1'));
        expect(peer.last).toMatch(/^[EZ]$/);
        yield n;
      }
    }),
  longest,
);

const identity = createServerIdentity(new Date());

/** A listening server over the same sessions. */
async function listening(): Promise<{ readonly server: WireServer; readonly port: number }> {
  const server = createWireServer({
    sessions: host.host,
    host: '127.0.0.1',
    port: 0,
    tls: { mode: 'on', key: identity.privateKey, cert: identity.certificate },
    log,
    maxMessageBytes: 1 << 20,
  });
  return { server, port: (await server.listen()).port };
}

test(
  'sockets: anything, then closed, half closed or reset',
  async () => {
    const { server, port } = await listening();
    await fuzz(counts.socket, async function* (random, cases) {
      for (let n = 0; n < cases; n++) {
        const socket = connectSocket({ host: '127.0.0.1', port });
        const peer = new Peer(socket, undefined, { encryptionAsked: true });
        const begin = random.next() < 0.3 ? opening(random) : client.startup();
        const bytes = Buffer.concat([begin, list(random, 4, any), unframed(random)]);
        pieces(random, peer, bytes);
        const closing = random.integer(0, 2);
        if (closing === 0) await peer.end();
        else if (closing === 1) socket.resetAndDestroy();
        else socket.once('data', () => socket.destroy()).end();
        while (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
        inOrder(peer, () => bytes.toString('hex'));
        yield n;
      }
      await expect.poll(() => host.host.sessions().length, { timeout: 60_000 }).toBeLessThanOrEqual(1 + lanes);
    });
    await server.close(0);
  },
  longest,
);

test(
  'TLS: anything for a handshake, and anything inside',
  async () => {
    const { server, port } = await listening();
    await fuzz(counts.tls, async function* (random, cases) {
      for (let n = 0; n < cases; n++) {
        const socket = connectSocket({ host: '127.0.0.1', port });
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.on('error', () => undefined);
        if (random.next() < 0.5) {
          const record = Buffer.concat([Buffer.from([0x16, 3, 1, 2, 0, 1]), opening(random)]);
          socket.on('data', () => undefined);
          socket.end(Buffer.concat([random.next() < 0.5 ? client.sslRequest() : Buffer.alloc(0), record]));
        } else {
          socket.write(client.sslRequest());
          await new Promise((resolve) => socket.once('data', resolve));
          const secure = connectTls({ socket, ca: identity.ca, servername: 'localhost' });
          const peer = new Peer(secure, undefined);
          await new Promise((resolve) => secure.once('secureConnect', resolve));
          const bytes = Buffer.concat([client.startup(), list(random, 3, any), unframed(random)]);
          peer.send(bytes);
          if (random.next() < 0.5) await peer.end();
          // What is not TLS any more, in the middle of it.
          else socket.end(bytes);
          inOrder(peer, () => bytes.toString('hex'));
        }
        await closed;
        yield n;
      }
    });
    await server.close(0);
  },
  longest,
);

test(
  'memory stays where it is',
  async () => {
    await fuzz(4_000, sessionCases);
    const before = liveMemory().heap;
    await fuzz(8_000, sessionCases);
    const grown = liveMemory().heap - before;
    expect(grown).toBeLessThan(48 * 1024 * 1024);
  },
  longest,
);
