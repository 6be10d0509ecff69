import { describe, expect, test } from 'vitest';
import { parseTestFile } from '../../src/testing/parse-test-file.js';

const parse = (text: string) => parseTestFile(text, 'a.test').records;
const only = (text: string) => {
  const records = parse(text);
  expect(records).toHaveLength(1);
  return records[0];
};

describe('steps', () => {
  test('a statement keeps its SQL, line and expectations', () => {
    expect(only('# why\n\nstatement ok\nCREATE TABLE t (\n  a int\n)\n')).toEqual({
      kind: 'statement',
      line: 3,
      skipIf: [],
      sql: 'CREATE TABLE t (\n  a int\n)',
      parameters: undefined,
      notices: undefined,
      outcome: { ok: true, tag: undefined },
    });
    expect(only('statement ok INSERT 0 3\nINSERT …')).toMatchObject({ outcome: { ok: true, tag: 'INSERT 0 3' } });
    expect(only('statement error 42P01\nSELECT')).toMatchObject({
      outcome: { ok: false, code: '42P01', position: undefined, text: undefined },
    });
    expect(only('statement error 42601@15 near "x y"\nSELECT')).toMatchObject({
      outcome: { ok: false, code: '42601', position: 15, text: 'near "x y"' },
    });
  });

  test('notices stand after the SQL; a column called notice is SQL', () => {
    expect(only('statement ok\nREFRESH x\nnotice INFO one\nnotice WARNING two words')).toMatchObject({
      sql: 'REFRESH x',
      notices: [
        { severity: 'INFO', text: 'one' },
        { severity: 'WARNING', text: 'two words' },
      ],
    });
    expect(only('statement ok\nCREATE TABLE t (\nnotice varchar(9)\n)')).toMatchObject({ notices: undefined });
  });

  test('a query keeps labels and rows as they are written', () => {
    expect(only('query rowsort until 5s\nSELECT 1\n----\na|b\n1|NULL\n2|(empty)\n\n')).toMatchObject({
      kind: 'query',
      sort: 'rowsort',
      untilMillis: 5000,
      sql: 'SELECT 1',
      expected: ['a|b', '1|NULL', '2|(empty)'],
    });
    expect(only('query\nSELECT 1\n----\na')).toMatchObject({ sort: 'nosort', untilMillis: undefined });
    expect(only('query until 250ms\nSELECT 1\n----\na')).toMatchObject({ sort: 'nosort', untilMillis: 250 });
  });

  test('params and skipif belong to the next step', () => {
    const records = parse('skipif redshift\nparams 1|NULL|(empty)|a<0A>b\n\nquery\nSELECT $1\n----\na\n\nclient b\n');
    expect(records).toMatchObject([
      { kind: 'query', line: 4, skipIf: ['redshift'], parameters: ['1', null, '', 'a\nb'] },
      { kind: 'client', name: 'b', skipIf: [] },
    ]);
    expect(only('params\nstatement ok\nSELECT 1')).toMatchObject({ parameters: [] });
  });

  test('one-line verbs', () => {
    expect(
      parse(
        [
          'stream create clicks 2',
          'stream split clicks shard:0',
          'stream merge clicks shard:1 shardId-000000000002',
          'stream update-shards clicks 4',
          'stream delete clicks',
          'restart',
          'restart kill',
        ].join('\n'),
      ),
    ).toMatchObject([
      { kind: 'stream create', stream: 'clicks', shards: 2, line: 1 },
      { kind: 'stream split', stream: 'clicks', shard: { index: 0 }, line: 2 },
      { kind: 'stream merge', stream: 'clicks', shards: [{ index: 1 }, { id: 'shardId-000000000002' }] },
      { kind: 'stream update-shards', stream: 'clicks', shards: 4 },
      { kind: 'stream delete', stream: 'clicks' },
      { kind: 'restart', kill: false },
      { kind: 'restart', kill: true, line: 7 },
    ]);
  });

  test('payloads: the rest of the line, bytes, files', () => {
    const bytes = (text: string) => ({ type: 'bytes', bytes: Buffer.from(text) });
    expect(
      parse('put s k {"a": "b  c"} \nput s k\nput-hex s k 00 fF\nput-file s k a.bin\nput-file s k a.jsonl lines'),
    ).toMatchObject([
      { kind: 'put', stream: 's', partitionKey: 'k', payload: bytes('{"a": "b  c"} ') },
      { payload: bytes('') },
      { payload: { type: 'bytes', bytes: Buffer.from([0x00, 0xff]) } },
      { payload: { type: 'file', file: 'a.bin', eachLine: false } },
      { payload: { type: 'file', file: 'a.jsonl', eachLine: true } },
    ]);
  });

  test('time and faults', () => {
    expect(
      parse(
        [
          'clock advance 25h',
          'clock advance 3d',
          'fault GetRecords throttle 3',
          'fault PutRecord slow 1 2s',
          'fault clear',
          'stream expire s',
          'stream expire s shard:0',
          'stream recreate s 2',
        ].join('\n'),
      ),
    ).toMatchObject([
      { kind: 'clock advance', milliseconds: 90_000_000 },
      { kind: 'clock advance', milliseconds: 259_200_000 },
      { kind: 'fault', fault: { operation: 'GetRecords', kind: 'throttle', times: 3, delayMs: undefined } },
      { kind: 'fault', fault: { operation: 'PutRecord', kind: 'slow', times: 1, delayMs: 2_000 } },
      { kind: 'fault clear' },
      { kind: 'stream expire', stream: 's', shard: undefined },
      { kind: 'stream expire', stream: 's', shard: { index: 0 } },
      { kind: 'stream recreate', stream: 's', shards: 2 },
    ]);
  });

  test('Windows line ends', () => {
    expect(only('query\r\nSELECT 1\r\n----\r\na\r\n1\r\n')).toMatchObject({ sql: 'SELECT 1', expected: ['a', '1'] });
  });
});

describe('malformed files name file, line and rule', () => {
  test.each([
    ['\nselect 1', 'a.test:2: unknown verb "select"'],
    ['statement\nSELECT 1', 'a.test:1: a statement is "statement ok [TAG]"'],
    ['statement error\nSELECT 1', 'a.test:1: a statement is'],
    ['statement ok\n\nSELECT 1', 'a.test:1: the SQL is missing'],
    ['statement ok\nSELECT 1\n----\na', 'a.test:3: ---- belongs to a query'],
    ['statement ok\nSELECT 1\nnotice INFO x\nSELECT 2', 'a.test:4: only "notice SEVERITY TEXT" lines'],
    ['query\nSELECT 1', 'a.test:1: a query needs ----'],
    ['query\nSELECT 1\n----\n', 'a.test:3: the labels are missing'],
    ['query valuesort\nSELECT 1\n----\na', 'a.test:1: a query is'],
    ['query until 5\nSELECT 1\n----\na', 'a.test:1: a duration looks like'],
    ['stream', 'a.test:1: stream takes create'],
    ['stream create s', 'a.test:1: the form is "stream create NAME SHARDS"'],
    ['stream create s 0', 'a.test:1: a shard count is a number'],
    ['stream delete s t', 'a.test:1: the form is "stream delete NAME"'],
    ['stream expire', 'a.test:1: the form is "stream expire NAME [SHARD]"'],
    ['stream expire s shard:0 x', 'a.test:1: the form is "stream expire NAME [SHARD]"'],
    ['stream recreate s', 'a.test:1: the form is "stream recreate NAME SHARDS"'],
    ['clock 25h', 'a.test:1: the form is "clock advance DURATION"'],
    ['clock advance -1h', 'a.test:1: a duration looks like'],
    ['fault GetRecords', 'a.test:1: the form is "fault OPERATION KIND TIMES [DELAY]"'],
    ['fault GetRecords boom 1', "a.test:1: a fault's kind is one of throttle"],
    ['fault GetRecord throttle 1', 'a.test:1: "GetRecord" is no operation of Kinesis'],
    ['fault GetRecords throttle often', "a.test:1: a fault's times is a whole number"],
    ['fault ListShards expired-iterator 1', 'a.test:1: the fault expired-iterator is for GetRecords'],
    ['put s', 'a.test:1: the form is "put STREAM KEY PAYLOAD"'],
    ['put-hex s k abc', 'a.test:1: put-hex takes an even number'],
    ['put-file s k', 'a.test:1: the form is "put-file STREAM KEY FILE [lines]"'],
    ['restart now', 'a.test:1: the form is "restart"'],
    ['client', 'a.test:1: client takes one name'],
    ['skipif postgres\nclient a', 'a.test:1: skipif takes duckshift or redshift'],
    ['params 1\nclient a', 'a.test:2: params must stand before'],
    ['params 1\nparams 2\nstatement ok\nSELECT 1', 'a.test:2: params is given twice'],
    ['params 1', 'a.test:1: params or skipif has nothing after it'],
  ])('%j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
