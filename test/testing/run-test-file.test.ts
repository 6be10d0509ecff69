import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StreamControl } from '../../src/streams/kinesis/stream-control.js';
import { noControls } from '../../src/testing/admin-client.js';
import { formatRow } from '../../src/testing/cells.js';
import { parseTestFile } from '../../src/testing/parse-test-file.js';
import { diffLines, formatResult } from '../../src/testing/result.js';
import { runTest, runTestFile } from '../../src/testing/run-test-file.js';
import type { SqlAnswer, TestTarget } from '../../src/testing/target.js';

const ok: SqlAnswer = { results: [{ tag: 'OK', labels: undefined, rows: [] }], notices: [], error: undefined };
const rows = (labels: string[], ...values: (string | null)[][]): SqlAnswer => ({
  results: [{ tag: `SELECT ${values.length}`, labels, rows: values }],
  notices: [],
  error: undefined,
});

/** A target that answers with `answer` and writes down everything it is asked. */
function scripted(answer: (sql: string, call: number) => SqlAnswer | Promise<SqlAnswer>) {
  const log: string[] = [];
  let sessions = 0;
  let calls = 0;
  const note =
    (verb: string) =>
    async (...args: unknown[]) => {
      log.push(`${verb} ${JSON.stringify(args)}`);
    };
  const streams: StreamControl = {
    create: note('create'),
    delete: note('delete'),
    split: note('split'),
    merge: note('merge'),
    updateShardCount: note('updateShardCount'),
    shardId: async (_, shard) => ('id' in shard ? shard.id : `shard ${shard.index}`),
    put: async (stream, records) => {
      for (const { partitionKey, data } of records) log.push(`put ${stream} ${partitionKey} ${Buffer.from(data)}`);
    },
    close: () => undefined,
  };
  const target: TestTarget = {
    system: 'duckshift',
    streams,
    controls: {
      advanceClock: note('advanceClock'),
      setFault: note('setFault'),
      clearFaults: note('clearFaults'),
      expireIterators: note('expireIterators'),
    },
    openSession: async () => {
      const number = ++sessions;
      log.push(`open ${number}`);
      return {
        run: async (sql, parameters) => {
          log.push(`${number}: ${sql}${parameters === undefined ? '' : ` ${JSON.stringify(parameters)}`}`);
          return await answer(sql, calls++);
        },
        close: async () => {
          log.push(`close ${number}`);
        },
      };
    },
    restart: note('restart'),
    close: note('target close'),
  };
  return { log, target };
}

const run = (text: string, target: TestTarget) => runTest(parseTestFile(text, 'a.test'), target);

test('a file that holds passes, in order, with its sessions closed', async () => {
  const { log, target } = scripted((sql) => (sql.startsWith('SELECT') ? rows(['a', 'b'], ['1', null]) : ok));
  const result = await run(
    `stream create s 2
put s k {"a": 1}

statement ok OK
CREATE

client other

params 7
query
SELECT $1
----
a|b
1|NULL

skipif duckshift
statement ok
NEVER

restart kill

statement ok
AGAIN
`,
    target,
  );
  expect(result).toEqual({ path: 'a.test', passed: true, steps: 7, skipped: 1, failures: [] });
  expect(formatResult(result)).toBe('ok    a.test (7 steps, 1 skipped)');
  expect(log).toEqual([
    'create ["s",2]',
    'put s k {"a": 1}',
    'open 1',
    '1: CREATE',
    'open 2',
    '2: SELECT $1 ["7"]',
    'close 1',
    'close 2',
    'restart [true]',
    'open 3',
    '3: AGAIN',
    'close 3',
  ]);
});

test('wrong rows are shown as a difference with file and line, and the file goes on', async () => {
  const { target } = scripted(() => rows(['n'], ['1'], ['2'], ['4']));
  const result = await run('query\nSELECT n\n----\nn\n1\n3\n4\n\nquery rowsort\nSELECT n\n----\nn\n4\n2\n1\n', target);
  expect(result.failures).toHaveLength(1);
  expect(formatResult(result)).toBe(`FAIL  a.test (2 steps)
a.test:1: the rows differ
    SELECT n
  expected (-) and got (+):
    n
    1
  - 3
  + 2
    4`);
});

test.each<[string, string, SqlAnswer, string]>([
  [
    'rows of a statement without rows',
    'query\nX\n----\na',
    ok,
    'the statement returns no rows; its command tag is "OK"',
  ],
  ['labels', 'query\nX\n----\na', rows(['b']), 'the rows differ'],
  ['tag', 'statement ok DONE\nX', ok, 'the command tag is "OK", not "DONE"'],
  ['no error', 'statement error 42601\nX', ok, 'the statement succeeded; expected error 42601'],
  [
    'other error',
    'statement error 42601\nX',
    { results: [], notices: [], error: { code: '42P01', message: 'no x', position: 3 } },
    'expected error 42601, got 42P01@3 no x',
  ],
  [
    'other position',
    'statement error 42P01@4\nX',
    { results: [], notices: [], error: { code: '42P01', message: 'no x', position: 3 } },
    'expected position 4, got 42P01@3 no x',
  ],
  [
    'other text',
    'statement error 42P01 no y\nX',
    { results: [], notices: [], error: { code: '42P01', message: 'no x', position: undefined } },
    'expected a message with "no y", got 42P01 no x',
  ],
  [
    'unexpected error',
    'statement ok\nX',
    { results: [], notices: [], error: { code: '42P01', message: 'no x', position: 3 } },
    'the statement failed: 42P01@3 no x',
  ],
  ['missing notice', 'statement ok\nX\nnotice INFO hello', ok, 'the notices differ'],
  [
    'severity of a notice',
    'statement ok\nX\nnotice INFO hello',
    { ...ok, notices: [{ severity: 'NOTICE', message: 'hello' }] },
    'the notices differ',
  ],
  [
    'two statements in a query',
    'query\nX\n----\na',
    { ...ok, results: [...ok.results, ...ok.results] },
    'a query is one statement, not 2',
  ],
])('%s fails', async (_, text, answer, message) => {
  const result = await run(text, scripted(() => answer).target);
  expect(result.passed).toBe(false);
  expect(result.failures[0]?.message).toBe(message);
});

test('until repeats the query until it answers as expected', async () => {
  const { log, target } = scripted((_, call) => rows(['n'], [String(call)]));
  expect((await run('query until 1m\nSELECT n\n----\nn\n3\n', target)).passed).toBe(true);
  expect(log.filter((line) => line.endsWith('SELECT n'))).toHaveLength(4);
});

test('until gives up with the last answer', async () => {
  const result = await run('query until 20ms\nSELECT n\n----\nn\n1\n', scripted(() => rows(['n'], ['0'])).target);
  expect(result.failures[0]?.difference).toEqual({ expected: ['n', '1'], got: ['n', '0'] });
});

test('a failing verb and a lost connection end the file', async () => {
  const lost = scripted(() => Promise.reject(new Error('the connection was lost: reset')));
  const result = await run('statement ok\nONE\n\nstatement ok\nTWO\n', lost.target);
  expect(result.failures).toMatchObject([{ line: 1, message: 'the connection was lost: reset', sql: 'ONE' }]);
  expect(lost.log).not.toContain('1: TWO');

  const { log, target } = scripted(() => ok);
  const away = { ...target, controls: noControls('no time machine') };
  expect(await run('clock advance 25h\nclient a\n', away)).toMatchObject({
    steps: 1,
    failures: [{ line: 1, message: 'no time machine' }],
  });
  expect(log).toEqual([]);
});

test('verbs for streams, time and faults reach the target', async () => {
  const { log, target } = scripted(() => ok);
  const result = await run(
    `stream recreate s 3
stream expire s
stream expire s shard:1
clock advance 25h
fault GetRecords throttle 3
fault PutRecords slow 1 250ms
fault clear
`,
    target,
  );
  expect(result.passed).toBe(true);
  expect(log).toEqual([
    'delete ["s"]',
    'create ["s",3]',
    'expireIterators ["s",null]',
    'expireIterators ["s","shard 1"]',
    'advanceClock [90000000]',
    'setFault [{"operation":"GetRecords","kind":"throttle","times":3}]',
    'setFault [{"operation":"PutRecords","kind":"slow","times":1,"delayMs":250}]',
    'clearFaults []',
  ]);
});

test('put-file reads beside the test file', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'duckshift-test-'));
  try {
    await writeFile(join(directory, 'two.jsonl'), '{"a":1}\n\n{"a":2}\n');
    await writeFile(join(directory, 'a.test'), 'put-file s k two.jsonl lines\nput-file s k two.jsonl\n');
    const { log, target } = scripted(() => ok);
    expect((await runTestFile(join(directory, 'a.test'), target)).passed).toBe(true);
    expect(log).toEqual(['put s k {"a":1}', 'put s k {"a":2}', 'put s k {"a":1}\n\n{"a":2}\n']);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('cells show what a terminal hides', () => {
  expect(formatRow(['a\nb', '', null, 'x\t'])).toBe('a<0A>b|(empty)|NULL|x<09>');
  expect(formatRow(['padded  '])).toBe('padded <20>');
});

test('a difference keeps the common lines', () => {
  expect(diffLines(['a', 'b', 'c'], ['a', 'c', 'd'])).toEqual(['  a', '- b', '  c', '+ d']);
  expect(diffLines([], ['x'])).toEqual(['+ x']);
  expect(diffLines(['x'], [])).toEqual(['- x']);
});
