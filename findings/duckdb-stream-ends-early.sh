#!/usr/bin/env bash
# Versions: @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6)
#
# Guess:    a streamed result either delivers all its rows or raises an error from the fetch that cannot deliver them.
# Seen:     a run-time error in the middle ends the stream with an ordinary empty chunk: the reader sees a shorter
#           result and no error, where run() raises. Any other use of the connection, even prepare(), ends an open
#           stream the same way.
#               all rows:                      1000000
#               a cast fails at row 900000:    fewer, no error (run() raises: true)
#               prepare() after one chunk:     2048, no error
#           How many rows arrive before the failing cast depends on threads: 647168 when this was written.
# Matters:  a loop that fetches until an empty chunk, the documented way to read a stream, takes a truncated result for
#           a complete one. Use run() and then fetchChunk(): errors come before the first row.
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

async function countStreamed(sql, afterFirstChunk = async () => {}) {
  const result = await connection.stream(sql);
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    if (rows === 0) await afterFirstChunk();
    rows += chunk.rowCount;
  }
  return rows;
}

const good = 'SELECT i FROM range(1000000) r(i)';
const failing = "SELECT CASE WHEN i = 900000 THEN 'x' ELSE '1' END::INTEGER FROM range(1000000) r(i)";

const all = await countStreamed(good);
console.log(`all rows:                      ${all}`);
const cut = await countStreamed(failing);
const raises = await connection.run(failing).then(() => false, () => true);
console.log(`a cast fails at row 900000:    ${cut}, no error (run() raises: ${raises})`);
const prepared = await countStreamed(good, () => connection.prepare('SELECT 1'));
console.log(`prepare() after one chunk:     ${prepared}, no error`);

assert.equal(all, 1_000_000);
assert.ok(cut < 1_000_000);
assert.ok(raises);
assert.equal(prepared, 2048);
EOF
node see.mjs
