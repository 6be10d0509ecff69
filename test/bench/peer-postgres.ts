import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Address } from './duckshift-process.js';

const run = promisify(execFile);
const versions = '/usr/lib/postgresql';

/**
 * A PostgreSQL server of its own, as Debian's package `postgresql` installs it: the peer that the wire benchmarks
 * compare with.
 */
export interface PeerPostgres {
  readonly version: string;
  readonly address: Address;
  stop(): Promise<void>;
}

/**
 * Make a database cluster in a temporary directory and start it on loopback, with the settings that the package ships
 * and without passwords.
 *
 * @throws Error when PostgreSQL is not installed.
 */
export async function startPostgres(): Promise<PeerPostgres> {
  const [version] = (await readdir(versions).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  if (version === undefined)
    throw new Error("this benchmark compares with PostgreSQL: install Debian's package postgresql");
  const bin = join(versions, version, 'bin');
  const directory = await mkdtemp(join(tmpdir(), 'peer-postgres-'));
  const account = process.getuid?.() === 0 ? await postgresAccount() : undefined;
  if (account !== undefined) await chown(directory, account.uid, account.gid);
  const data = join(directory, 'data');
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', 'C'], {
    cwd: directory,
    ...account,
  });
  const port = await freePort();
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', directory, '-c', 'max_connections=200'],
    { cwd: directory, stdio: 'ignore', ...account },
  );
  const address = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' };
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await exited;
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await untilReady(address);
  } catch (error) {
    await stop();
    throw error;
  }
  return { version, address, stop };
}

/** PostgreSQL refuses to run as root; the package makes an account for it. */
async function postgresAccount(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'postgres'])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilReady(address: Address): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(address);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}
