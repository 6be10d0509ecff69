import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { currentFormat, migrations } from '../../src/catalog/migrations/migrate.js';
import { dataFormat } from '../../src/engine/data-directory.js';
import { openEngine } from '../../src/engine/index.js';
import { type Duckshift, startDuckshift } from '../../src/index.js';

/** A data directory written by the first release, which had format 1; `make-directory.mjs` made it. */
async function firstFormat(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'duckshift-migration-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  execFileSync('tar', ['xzf', join(import.meta.dirname, 'format-1.tar.gz'), '-C', directory]);
  return directory;
}

async function open(directory: string): Promise<Duckshift> {
  const duckshift = await startDuckshift({ data: directory });
  onTestFinished(() => duckshift.stop());
  return duckshift;
}

async function values(duckshift: Duckshift, sql: string): Promise<unknown[][]> {
  return (await duckshift.query(sql)).rows.map((row) => Object.values(row));
}

const put = (duckshift: Duckshift, stream: string, ids: readonly number[]) =>
  duckshift.put(
    stream,
    ids.map((id) => ({ partitionKey: `key-${id}`, data: JSON.stringify({ id, kind: id % 2 === 0 ? 'even' : 'odd' }) })),
  );

/** What must come out of the directory, in the first start and in every later one. */
async function expectContents(duckshift: Duckshift): Promise<void> {
  expect(await values(duckshift, 'SELECT name, price, doc FROM shop.items ORDER BY id')).toEqual([
    ['pen', '2.25', '{"a":[1,2]}'],
    ['ink', '1.50', null],
  ]);
  expect(await values(duckshift, 'SELECT count(*) FROM "renamed"')).toEqual([['3']]);
  expect(await values(duckshift, 'SELECT name FROM plain ORDER BY id')).toEqual([['pen'], ['ink']]);
  expect(await values(duckshift, 'SELECT x FROM late ORDER BY x')).toEqual([['ink'], ['pen']]);
  expect(await values(duckshift, 'SELECT name, total FROM summed ORDER BY name')).toEqual([
    ['ink', '1.50'],
    ['pen', '2.25'],
  ]);
  expect(await values(duckshift, 'SELECT n, name FROM windowed ORDER BY n')).toEqual([
    ['1', 'ink'],
    ['2', 'pen'],
  ]);
  expect(
    await values(duckshift, "SELECT description FROM pg_description WHERE objoid = 'shop.items'::regclass::oid"),
  ).toEqual([['what is sold']]);
}

test('every object of the first format survives, and a second start finds it again', async () => {
  const directory = await firstFormat();
  for (let start = 1; start <= 2; start++) {
    const duckshift = await startDuckshift({ data: directory });
    try {
      await expectContents(duckshift);
      expect(readFileSync(join(directory, 'duckshift.format'), 'utf8')).toBe(`${dataFormat}\n`);
    } finally {
      await duckshift.stop();
    }
  }
});

test('streaming views keep their rows and positions: the next refresh reads what is new and nothing else', async () => {
  const duckshift = await open(await firstFormat());
  const counts = async (): Promise<unknown> => ({
    raw: await values(
      duckshift,
      'SELECT count(*) AS n, count(DISTINCT d.id) AS ids, sum(d.id::int) AS total FROM clicks_raw',
    ),
    byKind: await values(duckshift, 'SELECT kind, n FROM clicks_by_kind ORDER BY kind'),
    orders: await values(duckshift, 'SELECT count(*) FROM orders_raw'),
    over: await values(duckshift, 'SELECT count(*), max(id) FROM over_clicks'),
    counted: await values(duckshift, 'SELECT kind, n FROM counted ORDER BY kind'),
  });
  const refresh = async (): Promise<void> => {
    for (const view of ['clicks_raw', 'clicks_by_kind', 'orders_raw', 'over_clicks', 'counted'])
      await duckshift.query(`REFRESH MATERIALIZED VIEW ${view}`);
  };
  const before = {
    raw: [['20', '20', '190']],
    byKind: [
      ['even', '10'],
      ['odd', '10'],
    ],
    orders: [['6']],
    over: [['20', 19]],
    counted: [
      ['even', '10'],
      ['odd', '10'],
    ],
  };
  expect(await counts()).toEqual(before);
  await refresh();
  expect(await counts()).toEqual(before);
  await put(duckshift, 'clicks', [20, 21, 22]);
  await put(duckshift, 'orders', [100]);
  await refresh();
  expect(await counts()).toEqual({
    raw: [['23', '23', '253']],
    byKind: [
      ['even', '12'],
      ['odd', '11'],
    ],
    orders: [['7']],
    over: [['23', 22]],
    counted: [
      ['even', '12'],
      ['odd', '11'],
    ],
  });
  expect(
    await values(
      duckshift,
      "SELECT status FROM sys_mv_refresh_history WHERE mv_name = 'over_clicks' ORDER BY start_time DESC LIMIT 1",
    ),
  ).toEqual([['Refresh successfully updated MV incrementally']]);
});

test('what was known of materialized views is known still', async () => {
  const duckshift = await open(await firstFormat());
  expect(await values(duckshift, 'SELECT trim(name), is_stale, state FROM svv_mv_info ORDER BY 1')).toEqual([
    ['clicks_by_kind', 'u', 1],
    ['clicks_raw', 'u', 1],
    ['counted', 'f', 1],
    ['orders_raw', 'u', 1],
    ['over_clicks', 'f', 1],
    ['summed', 'f', 1],
    ['windowed', 'f', 0],
  ]);
});

test('users keep what they may and their passwords', async () => {
  const duckshift = await open(await firstFormat());
  expect(
    await values(
      duckshift,
      "SELECT usename, usecreatedb, usesuper, useconnlimit, valuntil FROM pg_user_info WHERE usename IN ('ann', 'bob', 'root') ORDER BY usename",
    ),
  ).toEqual([
    ['ann', true, false, '5', '2040-01-01 00:00:00'],
    ['bob', false, false, 'UNLIMITED', null],
    ['root', false, true, 'UNLIMITED', null],
  ]);
  const { port } = new URL(duckshift.connectionString);
  const connect = async (user: string, password: string): Promise<unknown> => {
    const client = new pg.Client({ host: '127.0.0.1', port: Number(port), user, password, database: 'dev' });
    await client.connect();
    try {
      return (await client.query('SELECT current_user AS me')).rows[0];
    } finally {
      await client.end();
    }
  };
  expect(await connect('ann', 'Secret123')).toEqual({ me: 'ann' });
  await expect(connect('ann', 'Wrong123')).rejects.toMatchObject({ code: '28000' });
  await expect(connect('bob', 'Secret123')).rejects.toMatchObject({ code: '28000' });
});

test('a newer format is refused by name, and nothing is touched', async () => {
  const directory = await firstFormat();
  writeFileSync(join(directory, 'duckshift.format'), `${dataFormat + 1}\n`);
  const before = contents(directory);
  await expect(startDuckshift({ data: directory })).rejects.toThrow(
    `has format "${dataFormat + 1}"; this version of duckshift knows formats up to ${dataFormat}`,
  );
  expect(contents(directory)).toEqual(before);
});

test('a database of a newer format in a directory of ours is refused by name', async () => {
  const directory = await firstFormat();
  const engine = await openEngine({ dataDirectory: directory });
  const connection = await engine.connect();
  await connection.run(`UPDATE dev.duckshift.format SET version = ${currentFormat + 1}`);
  await connection.close();
  await engine.close();
  await expect(startDuckshift({ data: directory })).rejects.toMatchObject({
    code: '58P01',
    message: expect.stringContaining(`catalog format ${currentFormat + 1}`),
  });
});

test('a step that fails leaves the database as it was', async () => {
  const directory = await firstFormat();
  const engine = await openEngine({ dataDirectory: directory });
  const connection = await engine.connect();
  const objects = () => connection.rows('SELECT oid, definition::VARCHAR AS definition FROM dev.duckshift.objects');
  const format = () => connection.rows('SELECT version FROM dev.duckshift.format');
  const [before, version] = [await objects(), await format()];
  // Without this table no step that changes objects can go on.
  await connection.run('ALTER TABLE dev.duckshift.objects RENAME COLUMN definition TO away');
  await connection.close();
  await engine.close();
  await expect(startDuckshift({ data: directory })).rejects.toMatchObject({
    code: '58P01',
    message: expect.stringContaining('could not be migrated'),
  });
  const again = await openEngine({ dataDirectory: directory });
  const later = await again.connect();
  await later.run('ALTER TABLE dev.duckshift.objects RENAME COLUMN away TO definition');
  expect(await later.rows('SELECT oid, definition::VARCHAR AS definition FROM dev.duckshift.objects')).toEqual(before);
  expect(await later.rows('SELECT version FROM dev.duckshift.format')).toEqual(version);
  await later.close();
  await again.close();
});

test('the steps are numbered without a gap, and directory and catalog count the same formats', () => {
  expect(migrations.map(({ format }) => format)).toEqual(migrations.map((_, index) => index + 2));
  expect(currentFormat).toBe(dataFormat);
});

function contents(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files
      .map((file) => [file, join(directory, file)] as const)
      .filter(([, path]) => statSync(path).isFile())
      .map(([file, path]) => [file, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
