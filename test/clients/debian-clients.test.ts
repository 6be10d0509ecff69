import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from './no-streams.js';

/**
 * Clients as Debian packages them, each with the same steps: types, parameters, 10,000 rows by cursor, rollback, error and recovery, cancel, metadata, TLS. A client
 * that is not installed fails its test.
 */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

function run(command: string, ...args: string[]): Promise<string[]> {
  const { port } = new URL(duckshift.connectionString);
  return new Promise((resolve, reject) => {
    execFile(command, [...args, port, duckshift.ca ?? ''], { timeout: 110_000 }, (error, out, err) =>
      error === null ? resolve(out.trim().split('\n')) : reject(new Error(`${error.message}\n${err}\n${out}`)),
    );
  });
}

const program = (name: string): string => join(import.meta.dirname, 'programs', name);
const python = (name: string): Promise<string[]> => run('/usr/bin/python3', program(name));

const pythonRow =
  "(True, 1, 2, 9000000000, 0.1, Decimal('123.450'), 'x', None, datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 12, 34, 56, 700000)";
const recovery = ['cursor 50005000', 'rollback 10000', 'error 42703', 'failed transaction 25P02', 'cancel 57014'];

test.each(['psycopg2', 'psycopg'])(
  '%s',
  async (name) => {
    const [types, ...steps] = await python(`corpus_${name}.py`);
    expect(types).toContain(`types ${pythonRow}, datetime.datetime(2024, 2, 29, 10, 0`);
    expect(types).toMatch(/'\{"a":1\}', 'ff00'\)$/);
    const metadata = `metadata [('c_${name}',)]`;
    expect(steps).toEqual([`parameters (42, "o'clock", None)`, ...recovery, metadata, 'tls True']);
  },
  120_000,
);

test('asyncpg', async () => {
  expect(await python('corpus_asyncpg.py')).toEqual([
    `types ${pythonRow})`,
    'binary float 0.30000000000000004',
    `parameters (42, "o'clock", None)`,
    'cursor 50005000',
    'rollback 10000',
    'error 42703',
    'cancel timeout',
    "metadata [('c_asyncpg',)]",
    'tls True',
  ]);
}, 120_000);

test('SQLAlchemy over psycopg2', async () => {
  expect(await python('corpus_sqlalchemy.py')).toEqual([
    "rows [(3, 'p3'), (4, 'p4')]",
    'cursor 50005000',
    "tables ['sa_children', 'sa_parents']",
    "columns [('id', 'INTEGER', False), ('name', 'VARCHAR(20)', False)]",
    "primary key ['id']",
    "foreign keys [(['parent_id'], 'sa_parents')]",
  ]);
}, 120_000);

test('pgjdbc', async () => {
  expect(await run('java', '-cp', '/usr/share/java/postgresql.jar', program('Corpus.java'))).toEqual([
    'types [true, 1, 2, 9000000000, 0.1, 123.450, x, null, 2024-02-29, 2024-02-29 12:34:56.7]',
    "parameters 42 o'clock",
    'batch 100',
    'cursor 50005000',
    'rollback 100',
    'error 42703',
    'failed transaction 25P02',
    'getTables c_jdbc TABLE',
    'getColumns n int4 10',
    'getColumns name varchar 20',
    'getSchemas 1',
    'cancel 57014',
    'tls true',
  ]);
}, 120_000);
