import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { entryPoint } from '../../src/base/entry-point.js';
import { type Duckshift, startDuckshift } from '../../src/index.js';

/** What the README and the guides tell the reader to type is typed here, taken from their text. */

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The fenced blocks of a page in one language, in order. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(`${root}/${page}`, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);
}

/** Run SQL in psql as the README connects it; gives what psql prints on both streams. */
async function psql(duckshift: Duckshift, sql: string): Promise<string> {
  const { hostname, port } = new URL(duckshift.connectionString);
  const flags = ['-X', '-h', hostname, '-p', port, '-U', 'awsuser', '-v', 'ON_ERROR_STOP=1', '-A', '-c', sql, 'dev'];
  const { stdout, stderr } = await run('psql', flags, { env: { ...process.env, PGPASSWORD: 'any' } });
  return stdout + stderr;
}

const click = (user: number, kind: string, page: string) => ({
  partitionKey: `u${user}`,
  data: JSON.stringify({ user_id: user, kind, page }),
});

test('the README: SQL in psql, records from its SDK lines', async () => {
  await using duckshift = await startDuckshift();
  await duckshift.createStream('click-stream', 2);
  await duckshift.put('click-stream', [click(1, 'view', '/'), click(2, 'view', '/'), click(1, 'click', '/')]);

  const [sql = ''] = blocks('README.md', 'sql');
  const [createSchema = '', createView = '', refresh = '', select = ''] = sql.split(/(?<=;)\s*\n\n/);
  expect(await psql(duckshift, createSchema)).toBe('CREATE SCHEMA\n');
  expect(await psql(duckshift, createView)).toBe('CREATE MATERIALIZED VIEW\n');
  expect(await psql(duckshift, refresh)).toMatch(
    /^REFRESH\nINFO: {2}Materialized view clicks was incrementally updated successfully\./,
  );
  expect(await psql(duckshift, select)).toBe('user_id|count\n1|2\n2|1\n(2 rows)\n');

  const [snippet = ''] = blocks('README.md', 'js');
  const code = snippet.replace('http://localhost:4567', duckshift.kinesisEndpoint);
  expect(code).not.toBe(snippet);
  await run(process.execPath, ['--input-type=module', '--eval', `${code}\nkinesis.destroy();`], { cwd: root });
  await expect
    .poll(() => psql(duckshift, select), { timeout: 10_000 })
    .toBe('user_id|count\n1|2\n2|1\n7|1\n(3 rows)\n');
});

test('Getting started, statement by statement in psql', async () => {
  await using duckshift = await startDuckshift();
  await duckshift.createStream('click-stream', 2);
  await duckshift.put('click-stream', [click(1, 'view', '/shoes'), click(2, 'view', '/hats')]);
  let printed = '';
  for (const sql of blocks('docs/getting-started.md', 'sql')) printed += await psql(duckshift, sql);
  expect(printed).toContain('INFO:  Materialized view clicks was incrementally updated successfully.');
  expect(printed).toContain('user_id|count\n1|1\n2|1\n(2 rows)\n');
  expect(printed).toContain('"view"|/shoes\n');

  await duckshift.put('click-stream', [click(3, 'view', '/')]);
  await expect
    .poll(() => psql(duckshift, 'SELECT count(*) FROM clicks'), { timeout: 10_000 })
    .toBe('count\n3\n(1 row)\n');
});

test('npm run demo -- --once prints the rows and ends', async () => {
  const ports = ['--port', '0', '--http-port', '0', '--kinesis-port', '0'];
  const { stdout } = await run(process.execPath, [entryPoint('cli/launcher.cjs'), 'demo', '--once', ...ports]);
  const [sql = ''] = blocks('README.md', 'sql');
  for (const statement of sql.split(/;\s*\n/))
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(statement.trim().replaceAll(/\s+/g, ' '));
  expect(stdout).toMatch(/user_id\s*\|\s*count/);
  expect(stdout).toMatch(/\(10 rows\)/);
});
