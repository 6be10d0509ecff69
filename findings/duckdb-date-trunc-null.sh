#!/usr/bin/env bash
# Versions: @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6)
#
# Guess:    a comparison with a NULL column is NULL, so WHERE drops the row, whatever function is around the column.
# Seen:     with date_trunc against a constant that is not the start of a quarter, the optimizer replaces the whole
#           comparison by a constant, and the NULL row stays. Without the rewrite the row is dropped. Other constants
#           and other functions behave.
#               optimized:   [[1],[2]]
#               unoptimized: [[1]]
# Matters:  a filter over timestamps that are sometimes missing counts rows that SQL excludes, and only for some
#           constants, so a test with round dates does not notice.
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
await connection.run('CREATE TABLE t (k INTEGER, ts TIMESTAMP)');
await connection.run("INSERT INTO t VALUES (1, '2024-01-01'), (2, NULL)");

async function rows() {
  const where = "date_trunc('quarter', ts) <> TIMESTAMP '2024-02-29 12:34:56'";
  return (await connection.runAndReadAll(`SELECT k FROM t WHERE ${where} ORDER BY k`)).getRowsJson();
}

const optimized = await rows();
await connection.run("SET disabled_optimizers = 'expression_rewriter'");
const unoptimized = await rows();
console.log(`optimized:   ${JSON.stringify(optimized)}`);
console.log(`unoptimized: ${JSON.stringify(unoptimized)}`);
assert.deepEqual(optimized, [[1], [2]]);
assert.deepEqual(unoptimized, [[1]]);
EOF
node see.mjs
