import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { StartError } from '../../src/base/start-error.js';
import { type DuckdbEngine, openEngine } from '../../src/engine/index.js';

const directories: string[] = [];
const engines: DuckdbEngine[] = [];
const children: ChildProcess[] = [];

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'duckshift-engine-'));
  directories.push(path);
  return path;
}

async function open(dataDirectory?: string, databases = ['dev']): Promise<DuckdbEngine> {
  const engine = await openEngine({ dataDirectory, databases });
  engines.push(engine);
  return engine;
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const engine of engines.splice(0)) await engine.close();
  for (const path of directories.splice(0)) rmSync(path, { recursive: true, force: true });
});

describe('a data directory', () => {
  it('keeps what was committed', async () => {
    const path = directory();
    const engine = await open(path);
    const connection = await engine.connect();
    await connection.run('CREATE TABLE dev.public.t (a INTEGER)');
    expect(await connection.run('INSERT INTO dev.public.t VALUES (1), (2)')).toBe(2);
    await engine.close();
    expect(existsSync(join(path, 'duckshift.lock'))).toBe(false);

    const again = await open(path, []);
    expect(again.databases()).toEqual(['dev']);
    const reader = await again.connect();
    expect(await reader.rows('SELECT sum(a)::BIGINT AS s FROM dev.public.t')).toEqual([{ s: 3n }]);
  });

  it('is held by one engine of a process', async () => {
    const path = directory();
    await open(path);
    const second = openEngine({ dataDirectory: join(path, '.'), databases: ['dev'] });
    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow('in use by duckshift in this process');
  });

  it('names the other process that holds it, and is taken over when that one is gone', async () => {
    const path = directory();
    const child = await holder(path);
    await expect(openEngine({ dataDirectory: path })).rejects.toThrow(`process ${child.pid}`);

    child.kill('SIGKILL');
    await once(child, 'exit');
    const engine = await open(path);
    const connection = await engine.connect();
    expect(await connection.rows('SELECT count(*) AS n FROM dev.public.kept')).toEqual([{ n: 100n }]);
    const lock: unknown = JSON.parse(readFileSync(join(path, 'duckshift.lock'), 'utf8'));
    expect(lock).toMatchObject({ pid: process.pid });
  }, 120_000);

  it('takes over a lock file that cannot be read', async () => {
    const path = directory();
    writeFileSync(join(path, 'duckshift.lock'), '{"pid":');
    await open(path);
  });

  it('refuses a format it does not know', async () => {
    const path = directory();
    writeFileSync(join(path, 'duckshift.format'), '99\n');
    await expect(openEngine({ dataDirectory: path })).rejects.toThrow('has format "99"');
    expect(existsSync(join(path, 'duckshift.lock'))).toBe(false);
  });

  it('refuses database files that are not its own', async () => {
    const path = directory();
    writeFileSync(join(path, 'dev.duckdb'), 'not a database');
    await expect(openEngine({ dataDirectory: path })).rejects.toThrow('not a duckshift data directory');
    writeFileSync(join(path, 'duckshift.format'), '1\n');
    await expect(openEngine({ dataDirectory: path })).rejects.toThrow('cannot be opened as a database');
  });

  it('holds databases of any name and forgets dropped ones', async () => {
    const path = directory();
    const engine = await open(path, ['dev', 'a b/../c.d', 'ünï"q']);
    const connection = await engine.connect();
    await connection.run('CREATE TABLE "ünï""q".public.t AS SELECT 1 AS a');
    await engine.dropDatabase('a b/../c.d');
    await engine.close();
    const again = await open(path, []);
    expect([...again.databases()].sort()).toEqual(['dev', 'ünï"q']);
  });
});

describe('an engine', () => {
  it('keeps SQL away from files', async () => {
    const engine = await open();
    const connection = await engine.connect();
    await expect(connection.rows("SELECT * FROM read_text('/etc/hostname')")).rejects.toMatchObject({ code: '42501' });
    await expect(connection.run("COPY (SELECT 1) TO '/tmp/x.csv'")).rejects.toMatchObject({ code: '42501' });
    await expect(connection.run("ATTACH '/tmp/x.duckdb' AS x")).rejects.toMatchObject({ code: '42501' });
    await expect(connection.run('SET GLOBAL enable_external_access = true')).rejects.toThrow();
  });

  it('gives every connection the session defaults', async () => {
    const engine = await open();
    const first = await engine.connect();
    await first.run("SET TimeZone = 'Asia/Tokyo'");
    const second = await engine.connect();
    const settings = 'SELECT current_setting($1) AS zone, 7 / 2 AS half';
    expect(await second.rows(settings, ['TimeZone'])).toEqual([{ zone: 'UTC', half: 3 }]);
    expect(await first.rows(settings, ['TimeZone'])).toEqual([{ zone: 'Asia/Tokyo', half: 3 }]);
  });

  it('refuses the names of catalogs that DuckDB has for itself', async () => {
    const engine = await open();
    await expect(engine.attachDatabase('temp')).rejects.toMatchObject({ code: '42939' });
  });

  it('ends running statements and refuses new ones when it closes', async () => {
    const engine = await open();
    const connection = await engine.connect();
    const endless = connection.rows('SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b');
    const closed = engine.close();
    await expect(endless).rejects.toMatchObject({ code: '57014' });
    await closed;
    await expect(engine.connect()).rejects.toMatchObject({ code: '57P01' });
    await expect(connection.run('SELECT 1')).rejects.toMatchObject({ code: '08003' });
  });
});

/** Another process with an engine on `path` that has committed 100 rows. */
async function holder(path: string): Promise<ChildProcess> {
  const loader = new URL('../child/typescript.mjs', import.meta.url).href;
  const script = fileURLToPath(new URL('./hold-directory.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', loader, script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}
