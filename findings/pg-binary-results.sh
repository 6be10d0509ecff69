#!/usr/bin/env bash
# Versions: pg 8.23.1, @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17 (PostgreSQL in WebAssembly, as
#           the server)
#
# Guess:    new Client({ binary: true }) asks for the results of queries with parameters in binary and returns the
#           values that text results have, perhaps faster.
# Seen:     the client decodes every field as UTF-8 before the binary parser of its type gets it. Bytes that are not
#           valid UTF-8 become U+FFFD (EF BF BD) and shift what follows. Numbers, times and bytea are wrong
#           without an error.
#               200::int             text 200                       binary 239
#               1234.56::numeric     text 1234.56                   binary 1267.91
#               bytea ff 00          text ff00                      binary efbfbd00
#               timestamp            text 2024-01-02T03:04:05.000Z  binary 2026-03-11T15:05:57.819Z
# Matters:  small test values below 128 pass, so the option looks right until real data arrives. Leave it off, and cast
#           in SQL where text is slow.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact pg@8.23.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17
cat >see.mjs <<'EOF'
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';

const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0 });
await server.start();

const text = `SELECT 100::int AS small, $1::int AS i, 1234.56::numeric AS n, '\\xff00'::bytea AS b,
  TIMESTAMPTZ '2024-01-02 03:04:05+00' AS t`;

async function row(binary) {
  const client = new pg.Client({ host: '127.0.0.1', port: server.port, user: 'postgres', database: 'postgres', binary });
  await client.connect();
  const { rows } = await client.query({ text, values: [200] });
  await client.end();
  return { ...rows[0], b: Buffer.from(rows[0].b).toString('hex'), t: rows[0].t.toISOString() };
}

const asText = await row(false);
const asBinary = await row(true);
const labels = { small: '100::int', i: '200::int', n: '1234.56::numeric', b: 'bytea ff 00', t: 'timestamp' };
for (const [name, label] of Object.entries(labels))
  console.log(`${label.padEnd(20)} text ${String(asText[name]).padEnd(25)} binary ${asBinary[name]}`);
assert.equal(asBinary.small, 100);
assert.equal(asText.i, 200);
assert.equal(asBinary.i, 239);
assert.notEqual(Number(asBinary.n), 1234.56);
assert.notEqual(asBinary.b, asText.b);
assert.notEqual(asBinary.t, asText.t);
await server.stop();
await db.close();
EOF
node see.mjs
