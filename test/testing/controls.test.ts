import { expect, onTestFinished, test } from 'vitest';
import { startDuckshift } from '../../src/index.js';
import { externalTarget } from '../../src/testing/index.js';
import { parseTestFile } from '../../src/testing/parse-test-file.js';
import { runTest } from '../../src/testing/run-test-file.js';

const file = parseTestFile(
  `stream create timed 1
put timed k 1

statement ok
CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default

statement ok
CREATE MATERIALIZED VIEW mv AS SELECT from_varbyte(kinesis_data, 'utf8')::int AS n FROM kds.timed

fault GetRecords throttle 1
clock advance 25h
stream expire timed shard:0
put timed k 2

statement ok
REFRESH MATERIALIZED VIEW mv

query
SELECT n FROM mv
----
n
2

fault clear
`,
  'timed.test',
);

test('against a running duckshift the verbs for time and faults go to its HTTP side', async () => {
  const duckshift = await startDuckshift();
  onTestFinished(() => duckshift.stop());
  const { connectionString, kinesisEndpoint, dataApiEndpoint: httpEndpoint } = duckshift;
  const target = externalTarget({ connectionString, kinesisEndpoint, httpEndpoint });
  onTestFinished(() => target.close());
  expect(await runTest(file, target)).toMatchObject({ passed: true, failures: [] });
});

const clock = parseTestFile('clock advance 1h\n', 'clock.test');

test.each([
  [
    { connectionString: 'postgres://u:p@localhost:5432/dev' },
    /need --http-endpoint, the URL of the target's HTTP port/,
  ],
  [
    { connectionString: 'postgres://u:p@a.b.us-east-1.redshift.amazonaws.com:5439/dev' },
    /need duckshift; put "skipif redshift" before them/,
  ],
  [
    { connectionString: 'postgres://u:p@localhost:5432/dev', httpEndpoint: 'http://127.0.0.1:1' },
    /no duckshift answers at http:\/\/127\.0\.0\.1:1; give its address with --http-endpoint/,
  ],
])('%o cannot move its clock, and says why', async (options, message) => {
  const target = externalTarget(options);
  const { failures } = await runTest(clock, target);
  expect(failures).toMatchObject([{ line: 1, message: expect.stringMatching(message) }]);
});
