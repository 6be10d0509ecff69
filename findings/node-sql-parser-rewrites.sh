#!/usr/bin/env bash
# Versions: node-sql-parser 5.4.0
#
# Guess:    parsing a statement of the Redshift dialect and printing the tree again (astify, sqlify) may change blanks
#           and case, not values. A number that the parser cannot hold exactly is refused or stays text, as
#           12345678901234567890 does.
# Seen:     a decimal with more digits than a double holds is printed with as many digits, of which the last are made
#           up. Two minus signs lose the blank between them, and what follows is a comment.
#               SELECT 12345678901234567890          SELECT 12345678901234567890
#               SELECT 0.1234567890123456789012345   SELECT 0.1234567890123456773698862
#               SELECT - -1                          SELECT --1
# Matters:  tools that parse, add a filter or a limit and print run a statement that means something else. Splice the
#           text between the positions of the nodes instead of printing the tree.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact node-sql-parser@5.4.0
cat >see.mjs <<'EOF'
import assert from 'node:assert/strict';
import nodeSqlParser from 'node-sql-parser';

const parser = new nodeSqlParser.Parser();
const options = { database: 'Redshift' };

function roundTrip(sql) {
  const printed = parser.sqlify(parser.astify(sql, options), options);
  console.log(`${sql.padEnd(35)}  ${printed}`);
  return printed;
}

assert.equal(roundTrip('SELECT 12345678901234567890'), 'SELECT 12345678901234567890');
assert.equal(roundTrip('SELECT 0.1234567890123456789012345'), 'SELECT 0.1234567890123456773698862');
assert.equal(roundTrip('SELECT - -1'), 'SELECT --1');
EOF
node see.mjs
