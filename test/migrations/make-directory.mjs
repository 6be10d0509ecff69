// Makes a data directory for `migrations.test.ts`, with the release that is built in a checkout of its own:
//   node make-directory.mjs RELEASE_CHECKOUT DIRECTORY
// It holds an object of every kind, users, and streaming views with positions in two streams. What is generated anew at start is left out: the TLS
// certificate with its keys, the lock and the spill folder.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [release, directory] = process.argv.slice(2);
if (release === undefined || directory === undefined) throw new Error('usage: make-directory.mjs RELEASE DIRECTORY');
const { startDuckshift } = await import(pathToFileURL(resolve(release, 'dist/src/index.js')).href);
const duckshift = await startDuckshift({ data: directory });

const run = async (...statements) => {
  for (const statement of statements) await duckshift.query(statement);
};
const put = (stream, from, to) =>
  duckshift.put(
    stream,
    Array.from({ length: to - from }, (_, i) => ({
      partitionKey: `key-${(from + i) % 5}`,
      data: JSON.stringify({ id: from + i, kind: (from + i) % 2 === 0 ? 'even' : 'odd' }),
    })),
  );

await duckshift.createStream('clicks', 2);
await duckshift.createStream('orders', 1);
await put('clicks', 0, 20);
await put('orders', 0, 6);
await run(
  "CREATE USER ann PASSWORD 'Secret123' CREATEDB VALID UNTIL '2040-01-01' CONNECTION LIMIT 5",
  'CREATE USER bob PASSWORD DISABLE SYSLOG ACCESS UNRESTRICTED',
  "CREATE USER root PASSWORD 'Secret456' CREATEUSER",
  'CREATE SCHEMA shop AUTHORIZATION ann',
  'CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default',
  'CREATE TABLE shop.items (id int IDENTITY(1,1) PRIMARY KEY, name varchar(20) NOT NULL DISTKEY, price numeric(8,2) DEFAULT 1.5, doc super, made timestamp SORTKEY)',
  "INSERT INTO shop.items (name, price, doc) VALUES ('pen', 2.25, JSON_PARSE('{\"a\": [1, 2]}')), ('ink', DEFAULT, NULL)",
  "COMMENT ON TABLE shop.items IS 'what is sold'",
  'CREATE TABLE old_name (a int)',
  'INSERT INTO old_name VALUES (1), (2), (3)',
  'CREATE VIEW plain AS SELECT id, name FROM shop.items',
  "COMMENT ON COLUMN plain.name IS 'its name'",
  'ALTER TABLE old_name RENAME TO "renamed"',
  'CREATE VIEW late (x) AS SELECT name FROM shop.items WITH NO SCHEMA BINDING',
  'CREATE MATERIALIZED VIEW summed AS SELECT name, sum(price) AS total FROM shop.items GROUP BY name',
  'CREATE MATERIALIZED VIEW windowed AS SELECT name, row_number() OVER (ORDER BY name) AS n FROM shop.items',
  'CREATE MATERIALIZED VIEW clicks_raw DISTKEY(partition_key) AS SELECT partition_key, JSON_PARSE(kinesis_data) AS d FROM kds.clicks',
  "CREATE MATERIALIZED VIEW clicks_by_kind AS SELECT JSON_EXTRACT_PATH_TEXT(FROM_VARBYTE(kinesis_data, 'utf-8'), 'kind') AS kind, count(*) AS n FROM kds.clicks GROUP BY 1",
  'CREATE MATERIALIZED VIEW orders_raw AUTO REFRESH NO AS SELECT approximate_arrival_timestamp AS at, JSON_PARSE(kinesis_data) AS d FROM kds.orders',
  'CREATE MATERIALIZED VIEW over_clicks AS SELECT d.id::int AS id FROM clicks_raw',
  'CREATE MATERIALIZED VIEW counted AS SELECT d.kind::varchar(10) AS kind, count(*) AS n FROM clicks_raw GROUP BY 1',
);
for (const view of ['clicks_raw', 'clicks_by_kind', 'orders_raw', 'over_clicks', 'counted'])
  await run(`REFRESH MATERIALIZED VIEW ${view}`);
await duckshift.stop();
for (const name of ['tls', 'spill', 'duckshift.lock']) rmSync(join(directory, name), { recursive: true, force: true });
