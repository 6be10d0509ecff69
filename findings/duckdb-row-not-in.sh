#!/usr/bin/env bash
# Versions: @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6)
#
# Guess:    (1, 0) NOT IN (SELECT 0, NULL) is true: the first fields differ, so the rows differ whatever the NULL stands
#           for. The same row written as a list, and <> between the two rows, say true.
# Seen:     with a subquery, one NULL in any field makes the whole answer NULL, so WHERE drops the row.
#               (1, 0) <> (0, NULL)               true
#               (1, 0) NOT IN ((0, NULL))         true
#               (1, 0) NOT IN (SELECT 0, NULL)    null
# Matters:  an anti-join over several columns ("rows of a that b lacks") loses rows as soon as the subquery holds one
#           NULL, even where the other column decides. Moving the list into a table changes the answer.
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

async function value(label, expression) {
  const answer = (await connection.runAndReadAll(`SELECT ${expression}`)).getRowsJson()[0][0];
  console.log(`${label.padEnd(32)}  ${answer}`);
  return answer;
}

assert.equal(await value('(1, 0) <> (0, NULL)', '(1, 0) <> (0, NULL::INTEGER)'), true);
assert.equal(await value('(1, 0) NOT IN ((0, NULL))', '(1, 0) NOT IN ((0, NULL::INTEGER))'), true);
assert.equal(await value('(1, 0) NOT IN (SELECT 0, NULL)', '(1, 0) NOT IN (SELECT 0, NULL::INTEGER)'), null);
EOF
node see.mjs
