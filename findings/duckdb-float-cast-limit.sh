#!/usr/bin/env bash
# Versions: @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6)
#
# Guess:    a cast to INTEGER rounds and raises an error when the result does not fit. 2147483648.0 and the DECIMAL
#           2147483647.6 do.
# Seen:     the range is checked before rounding, so a double in [max + 0.5, max + 1) passes the check and wraps around
#           to the smallest integer. The same holds for SMALLINT and TINYINT, and for FLOAT.
#               2147483647.6::DOUBLE::INTEGER   -2147483648
#               32767.6::DOUBLE::SMALLINT       -32768
#               127.6::FLOAT::TINYINT           -128
#               2147483648.0::DOUBLE::INTEGER   error
#               2147483647.6::DECIMAL::INTEGER  error
# Matters:  TRY_CAST and an error handler do not see it: a reading slightly above the limit turns into the lowest value
#           of its column.
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

async function cast(expression, label = expression) {
  const result = await connection.runAndReadAll(`SELECT ${expression}`).then(
    (reader) => reader.getRowsJson()[0][0],
    () => 'error',
  );
  console.log(`${label.padEnd(30)}  ${result}`);
  return result;
}

assert.equal(await cast('2147483647.6::DOUBLE::INTEGER'), -2147483648);
assert.equal(await cast('32767.6::DOUBLE::SMALLINT'), -32768);
assert.equal(await cast('127.6::FLOAT::TINYINT'), -128);
assert.equal(await cast('2147483648.0::DOUBLE::INTEGER'), 'error');
assert.equal(await cast('2147483647.6::DECIMAL(12, 1)::INTEGER', '2147483647.6::DECIMAL::INTEGER'), 'error');
EOF
node see.mjs
