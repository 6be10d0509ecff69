#!/usr/bin/env bash
# Versions: @smithy/core 3.41.1
#
# Guess:    the CBOR codec of the AWS SDK writes a JavaScript Date as an epoch time (tag 1), as its protocols need, or
#           refuses it.
# Seen:     cbor.serialize writes a Date as an empty map. Reading gives {}: the time is gone without an error. A tagged
#           number comes back as an object { tag, value }, not as a Date, and tag 1 says nothing about seconds or
#           milliseconds: both come back as written.
#               Date            a16174a0, read {"t":{}}
#               dateToTag(Date) a16174c1fb41d954fc4007df3b, read {"t":{"tag":1,"value":1700000000.123}}
# Matters:  the conversion is the job of the schema-driven serializer above. Code that uses the codec alone (an
#           emulator, a test) must convert every Date with dateToTag, and Kinesis counts milliseconds where dateToTag
#           writes seconds.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact @smithy/core@3.41.1
cat >see.mjs <<'EOF'
import assert from 'node:assert/strict';
import cborModule from '@smithy/core/cbor';

const { cbor, dateToTag } = cborModule;
const date = new Date(1700000000123);

function show(label, value) {
  const bytes = cbor.serialize({ t: value });
  const hex = Buffer.from(bytes).toString('hex');
  const read = cbor.deserialize(bytes);
  console.log(`${label.padEnd(15)} ${hex}, read ${JSON.stringify(read)}`);
  return read.t;
}

assert.deepEqual(show('Date', date), {});
assert.equal(show('dateToTag(Date)', dateToTag(date)).value, 1700000000.123);
EOF
node see.mjs
