#!/usr/bin/env bash
# Versions: @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6)
#
# Guess:    after an error inside BEGIN … COMMIT, either the whole block is lost, as in PostgreSQL, or the failed
#           statement alone, as in SQLite. And COMMIT says so if the block was lost.
# Seen:     both, depending on the kind of error, and COMMIT always reports success. An error found before the statement
#           runs (unknown table) leaves the block alive: COMMIT stores the first row. An error found while it runs
#           (failed cast, duplicate key) aborts it: COMMIT succeeds too, and the first row is gone.
#               unknown table: COMMIT succeeded, rows [[1]]
#               failed cast:   COMMIT succeeded, rows []
#               duplicate key: COMMIT succeeded, rows []
# Matters:  software that trusts the result of COMMIT acknowledges rows that were never stored, or stores half of a unit
#           of work. Track failure yourself and send ROLLBACK.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact @duckdb/node-api@1.5.6-r.1 @duckdb/node-bindings@1.5.6-r.1
cat >see.mjs <<'EOF'
import assert from 'node:assert/strict';
import { DuckDBInstance } from '@duckdb/node-api';

const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run('CREATE TABLE t (x INTEGER PRIMARY KEY)');

async function commitAfter(name, failing) {
  await connection.run('BEGIN');
  await connection.run('INSERT INTO t VALUES (1)');
  await assert.rejects(connection.run(failing));
  await connection.run('COMMIT');
  const rows = (await connection.runAndReadAll('SELECT x FROM t')).getRowsJson();
  console.log(`${name} COMMIT succeeded, rows ${JSON.stringify(rows)}`);
  await connection.run('DELETE FROM t');
  return rows;
}

assert.deepEqual(await commitAfter('unknown table:', 'INSERT INTO nowhere VALUES (2)'), [[1]]);
assert.deepEqual(await commitAfter('failed cast:  ', "INSERT INTO t VALUES ('two')"), []);
assert.deepEqual(await commitAfter('duplicate key:', 'INSERT INTO t VALUES (1)'), []);
EOF
node see.mjs
