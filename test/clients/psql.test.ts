import { execFile, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from './no-streams.js';

/** psql as Debian ships it, against a whole server. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function connection(server: Duckshift, settings = ''): string {
  const { port } = new URL(server.connectionString);
  return `host=localhost hostaddr=127.0.0.1 port=${port} user=awsuser dbname=dev ${settings}`;
}

function psql(statements: readonly string[], settings = '', server = duckshift, password = 'any'): Promise<Outcome> {
  const commands = statements.flatMap((sql) => ['-c', sql]);
  const env = { ...process.env, PGPASSWORD: password };
  return new Promise((resolve) => {
    const args = ['-X', '-At', connection(server, settings), ...commands];
    execFile('psql', args, { env, maxBuffer: 1 << 28 }, (error, out, err) =>
      resolve({ status: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

test('values of every kind as Redshift prints them, and their types', async () => {
  const { out, err } = await psql([
    `CREATE TABLE kinds (b bool, i2 smallint, i4 int, i8 bigint, n numeric(10,3), f float8, c char(4), v varchar(20),
      d date, ts timestamp, tz timestamptz, s super, vb varbyte)`,
    `INSERT INTO kinds VALUES (true, -1, 42, 9000000000, 12.5, 0.25, 'ab', 'ünï|c', '2024-02-29', '2024-02-29 12:34:56.7',
      '2024-02-29 12:00:00+02', JSON_PARSE('{"a":[1,"x"]}'), to_varbyte('ff00', 'hex'))`,
    'INSERT INTO kinds (i4) VALUES (NULL)',
    'SELECT * FROM kinds ORDER BY i4',
  ]);
  expect(err).toBe('');
  expect(out).toBe(
    [
      'CREATE TABLE',
      'INSERT 0 1',
      'INSERT 0 1',
      't|-1|42|9000000000|12.500|0.25|ab  |ünï|c|2024-02-29|2024-02-29 12:34:56.7|2024-02-29 10:00:00+00|{"a":[1,"x"]}|ff00',
      '||||||||||||',
      '',
    ].join('\n'),
  );
});

test('errors point at the place in what was typed, also in a later statement of several', async () => {
  const { err } = await psql(['SELECT 1; SELECT nope FROM pg_class', 'SELEC 1']);
  expect(err).toMatch(
    /^ERROR: {2}column "nope" does not exist in pg_class\nLINE 1: SELECT 1; SELECT nope FROM pg_class\n {25}\^/,
  );
  expect(err).toMatch(/ERROR: {2}syntax error at or near "SELEC"\nLINE 1: SELEC 1\n {8}\^/);
});

test('several statements in one text stand or fall together', async () => {
  await psql(['CREATE TABLE together (a int)']);
  const { err } = await psql([
    'INSERT INTO together VALUES (1); INSERT INTO together VALUES (2); SELECT nope FROM together',
  ]);
  expect(err).toContain('ERROR');
  expect((await psql(['SELECT count(*) FROM together'])).out).toBe('0\n');
  await psql(['INSERT INTO together VALUES (1); INSERT INTO together VALUES (2)']);
  expect((await psql(['SELECT count(*) FROM together'])).out).toBe('2\n');
  // COMMIT in the middle keeps what came before it.
  await psql([
    'BEGIN; INSERT INTO together VALUES (3); COMMIT; INSERT INTO together VALUES (4); SELECT nope FROM together',
  ]);
  expect((await psql(['SELECT a FROM together ORDER BY a'])).out).toBe('1\n2\n3\n');
});

test('a transaction: failed after an error, gone after ROLLBACK', async () => {
  const { out, err } = await psql([
    'CREATE TABLE tried (a int)',
    'BEGIN',
    'INSERT INTO tried VALUES (1)',
    'SELECT nope FROM tried',
    'SELECT 1',
    'COMMIT',
    'SELECT count(*) FROM tried',
  ]);
  expect(out).toBe('CREATE TABLE\nBEGIN\nINSERT 0 1\nROLLBACK\n0\n');
  expect(err).toContain('ERROR:  current transaction is aborted, commands ignored until end of transaction block');
});

test('TLS verified against the CA file that the server names', async () => {
  const settings = `sslmode=verify-full sslrootcert=${duckshift.ca}`;
  const { out, err } = await psql(['\\conninfo', 'SELECT 1'], settings);
  expect(err).toBe('');
  expect(out).toContain('SSL connection (protocol: TLSv1.3');
  expect(out).toMatch(/\n1\n$/);
});

test('a user and a password that are required, and TLS that is required', async () => {
  await using guarded = await startDuckshift({ ...noStreams, user: 'awsuser', password: 'Secret1', tls: 'require' });
  expect((await psql(['SELECT 1'], 'sslmode=require', guarded, 'Secret1')).out).toBe('1\n');
  expect((await psql(['SELECT 1'], 'sslmode=require', guarded, 'wrong')).err).toContain(
    'FATAL:  password authentication failed for user "awsuser"',
  );
  expect((await psql(['SELECT 1'], 'sslmode=require user=other', guarded, 'Secret1')).err).toContain(
    'FATAL:  password authentication failed for user "other"',
  );
  expect((await psql(['SELECT 1'], 'sslmode=disable', guarded, 'Secret1')).err).toContain('SSL connection is required');
});

test('a database that does not exist', async () => {
  expect((await psql(['SELECT 1'], 'dbname=nowhere')).err).toContain('FATAL:  database "nowhere" does not exist');
});

test('Ctrl-C cancels the statement', async () => {
  await psql(['CREATE TABLE digits (d int)', 'INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)']);
  const from = Array.from({ length: 14 }, (_, n) => `digits d${n}`).join(', ');
  const child = spawn('psql', ['-X', '-At', connection(duckshift)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const printed = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => {
    printed.out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    printed.err += text.toString();
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.stdin.write(`SELECT 'ready';\nSELECT count(*) FROM ${from} WHERE d0.d + d1.d < d2.d;\n`);
  await expect.poll(() => printed.out, { timeout: 10_000 }).toBe('ready\n');
  const statements = `SELECT count(*) FROM stv_sessions`;
  expect((await psql([statements])).out).toBe('2\n');
  // psql that reads a script ends at Ctrl-C, once the server has answered.
  child.kill('SIGINT');
  await closed;
  expect(printed.err).toContain("ERROR:  Query cancelled on user's request");
  await expect.poll(() => psql([statements]).then(({ out }) => out), { timeout: 10_000 }).toBe('1\n');
});

test('two hundred thousand rows arrive whole', async () => {
  const digits = 'SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4';
  const all = Array.from({ length: 7 }, (_, n) => `(${digits} UNION ALL SELECT 5 UNION ALL SELECT 6) d${n}`).join(', ');
  const value = Array.from({ length: 7 }, (_, n) => `d${n}.d * ${7 ** n}`).join(' + ');
  const { out } = await psql([
    `SELECT ${value} AS n, 'row ' || (${value})::varchar AS label FROM ${all} WHERE ${value} < 200000`,
  ]);
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(200_000);
  const damaged = lines.filter((line) => !/^(\d+)\|row \1$/.test(line));
  expect(damaged).toEqual([]);
  expect(new Set(lines).size).toBe(200_000);
});
