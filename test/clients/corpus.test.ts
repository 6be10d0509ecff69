import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { type CorpusTarget, expectedLines } from './corpus/corpus.js';
import type { OpenClient } from './corpus/node/client.js';
import { openDrizzle } from './corpus/node/drizzle.js';
import { openKnex } from './corpus/node/knex.js';
import { openKysely } from './corpus/node/kysely.js';
import { openPg } from './corpus/node/pg.js';
import { openPostgres } from './corpus/node/postgres.js';
import { runNodeCorpus } from './corpus/node/run.js';
import { openSequelize } from './corpus/node/sequelize.js';
import { openTypeorm } from './corpus/node/typeorm.js';
import { javaProgram, pythonProgram } from './corpus/programs.js';
import { psqlCorpus } from './corpus/psql.js';
import { noStreams } from './no-streams.js';

/** One corpus through every client: see corpus/corpus.ts. A client that is not installed fails its test. */

let plain: Duckshift;
let encrypted: Duckshift;
let target: CorpusTarget;
beforeAll(async () => {
  [plain, encrypted] = await Promise.all([startDuckshift(noStreams), startDuckshift({ ...noStreams, tls: 'require' })]);
  const port = ({ connectionString }: Duckshift) => Number(new URL(connectionString).port);
  target = { port: port(plain), tlsPort: port(encrypted), ca: encrypted.ca ?? '', otherCa: plain.ca ?? '' };
}, 60_000);
afterAll(() => Promise.all([plain.stop(), encrypted.stop()]));

type RunCorpus = (table: string, target: CorpusTarget) => Promise<string[]>;

const node =
  (open: OpenClient): RunCorpus =>
  (table, servers) =>
    runNodeCorpus(open, table, servers);

/** Each client, and what it does beside the corpus. */
const clients: readonly (readonly [name: string, run: RunCorpus, own?: readonly string[]])[] = [
  ['psql', psqlCorpus, ['\\gdesc: integer, character varying(3), super']],
  ['psycopg2', pythonProgram('through_psycopg2.py')],
  ['psycopg', pythonProgram('through_psycopg.py')],
  ['asyncpg', pythonProgram('through_asyncpg.py'), ['binary float: 0.30000000000000004', 'timeout: 1']],
  [
    'sqlalchemy',
    pythonProgram('through_sqlalchemy.py'),
    [
      "rows: [(3, 'p3'), (4, 'p4')]",
      'after AUTOCOMMIT: True',
      "reflected: [('parent_id', 'INTEGER', 1)]",
      "own tables: ['sa_children', 'sa_parents']",
      "own columns: [('id', 'INTEGER', False), ('name', 'VARCHAR(20)', False)]",
      "foreign keys: [(['parent_id'], 'sa_parents')]",
      'left: []',
    ],
  ],
  ['psqlodbc', pythonProgram('through_pyodbc.py'), ["prepared: [(2, None), (3, 'three')]"]],
  [
    'pgjdbc',
    javaProgram('ThroughJdbc.java'),
    [
      'batch: 100 of 100',
      'own columns: int4 10, varchar 20, numeric 38',
      'schemas: true',
      'catalogs: dev',
      'imported keys: 0',
      'indexes: n',
      'types: true',
      'functions: 0',
    ],
  ],
  ['pg', node(openPg)],
  ['postgres', node(openPostgres)],
  ['knex', node(openKnex)],
  ['kysely', node(openKysely)],
  ['drizzle', node(openDrizzle)],
  ['sequelize', node(openSequelize)],
  ['typeorm', node(openTypeorm)],
];

for (const [name, run, own = []] of clients) {
  test(name, async () => {
    const table = `corpus_${name}`;
    expect(await run(table, target)).toEqual([...expectedLines(table), ...own]);
  }, 120_000);
}
