import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from './no-streams.js';

/**
 * pgbench as Debian ships it: its own SELECT and a script, in each of its protocols. What its initialization sends,
 * Redshift refuses: WITH (fillfactor) and COPY FROM STDIN.
 */

let duckshift: Duckshift;
let directory: string;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
  directory = await mkdtemp(join(tmpdir(), 'pgbench-'));
  await duckshift.query(`
    CREATE TABLE pgbench_branches (bid int, bbalance int);
    CREATE TABLE pgbench_accounts (aid int, bid int, abalance int, filler char(84));
    INSERT INTO pgbench_branches VALUES (1, 0);
    INSERT INTO pgbench_accounts SELECT n, 1, 0, '' FROM generate_series(1, 100000) AS g(n);
    CREATE TABLE ticks (client int, amount decimal(10,2))`);
});
afterAll(async () => {
  await duckshift.stop();
  await rm(directory, { recursive: true });
});

function pgbench(...args: string[]): Promise<string> {
  const { port } = new URL(duckshift.connectionString);
  const target = ['-h', 'localhost', '-p', port, '-U', 'awsuser'];
  return new Promise((resolve, reject) => {
    execFile(
      'pgbench',
      [...target, ...args, 'dev'],
      { env: { ...process.env, PGPASSWORD: 'any' } },
      (error, out, err) => (error === null ? resolve(out) : reject(new Error(`${error.message}\n${err}\n${out}`))),
    );
  });
}

const protocols = ['simple', 'extended', 'prepared'];

test.each(protocols)(
  'its SELECT, %s',
  async (protocol) => {
    const out = await pgbench('-n', '-S', '-M', protocol, '-c', '4', '-j', '2', '-t', '50');
    expect(out).toContain('number of transactions actually processed: 200/200');
    expect(out).toContain('number of failed transactions: 0 ');
  },
  60_000,
);

test.each(protocols)(
  'a script with a transaction and variables, %s',
  async (protocol) => {
    const script = join(directory, `${protocol}.sql`);
    const lines = [
      '\\set amount random(1, 1000)',
      'BEGIN;',
      'INSERT INTO ticks VALUES (:client_id, :amount / 100.0);',
      'SELECT count(*), sum(amount) FROM ticks WHERE client = :client_id;',
      'END;',
    ];
    await writeFile(script, `${lines.join('\n')}\n`);
    await duckshift.query('TRUNCATE ticks');
    const out = await pgbench('-n', '-f', script, '-M', protocol, '-c', '2', '-t', '20');
    expect(out).toContain('number of transactions actually processed: 40/40');
    expect((await duckshift.query('SELECT client, count(*) FROM ticks GROUP BY 1 ORDER BY 1')).rows).toHaveLength(2);
  },
  60_000,
);

test('the tables that its initialization makes are refused', async () => {
  await expect(pgbench('-i', '-I', 't')).rejects.toThrow('syntax error at or near "with"');
}, 60_000);
