import { expect, test } from 'vitest';
import { largestRecordBytes, StreamUnavailableError } from '../../src/streams/contract.js';
import { endpointTraits } from '../../src/streams/kinesis/endpoint.js';
import type { ShardPosition } from '../../src/streams/kinesis/position.js';
import { readShard } from '../../src/streams/kinesis/shard-loop.js';
import { ScriptedEndpoint, type Step, scriptedDrain } from './scripted-endpoint.js';

const open = { shardId: 'shard', parents: [], closed: false };
const closed = { ...open, closed: true };
const empty: Step = { records: [] };

function after(sequenceNumber: string): ShardPosition {
  return { shardId: 'shard', sequenceNumber, arrivalMicros: 1n, ended: false };
}

test('one empty page is not the tip, two are', async () => {
  const drain = scriptedDrain(new ScriptedEndpoint([{ records: [1, 2] }, empty, { records: [3] }, empty, empty]));
  expect(await readShard(drain, open, undefined)).toMatchObject({ ended: false });
  expect(drain.read()).toEqual([1, 2, 3]);
  expect(drain.items.at(-1)?.position).toEqual({
    shardId: 'shard',
    sequenceNumber: '3',
    arrivalMicros: 3_000_000n,
    ended: false,
  });
});

test('empty pages short of the tip are followed, with growing pauses', async () => {
  const behind: Step = { records: [], lag: 5_000 };
  const drain = scriptedDrain(new ScriptedEndpoint([empty, behind, behind, behind, { records: [9] }, empty, empty]));
  await readShard(drain, open, undefined);
  expect(drain.read()).toEqual([9]);
  expect(drain.timing.sleeps).toEqual([25, 25, 50]);
});

test('empty pages that never reach the tip end the drain after a while', async () => {
  const behind = function* (): Generator<Step> {
    for (;;) yield { records: [], lag: 5_000 };
  };
  const drain = scriptedDrain(new ScriptedEndpoint(behind()));
  expect(await readShard(drain, open, undefined)).toMatchObject({ ended: false });
  expect(drain.items).toMatchObject([{ columns: undefined, more: true, position: { sequenceNumber: undefined } }]);
});

test('where the lag is exact, a page without lag is the tip', async () => {
  const drain = scriptedDrain(new ScriptedEndpoint([{ records: [1], lag: 3 }, { records: [2] }]), {
    traits: { exactLag: true },
  });
  await readShard(drain, open, undefined);
  expect(drain.read()).toEqual([1, 2]);
});

test('under continuous writes it ends with the first page that begins past the bound, and keeps that page', async () => {
  const writer = function* (): Generator<Step> {
    for (let second = 1; ; second += 2) yield { records: [second, second + 1], lag: 1_000 };
  };
  const drain = scriptedDrain(new ScriptedEndpoint(writer()), { bound: 10, traits: { clockSkew: 2_000 } });
  await readShard(drain, open, undefined);
  expect(drain.read()).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
  expect(drain.items.map(({ more }) => more)).toEqual([false, false, false, false, false, false, true]);
});

test('a writer whose clock stands still is left after many pages', async () => {
  const writer = function* (): Generator<Step> {
    for (let number = 1; ; number++) yield { records: [number], lag: 1 };
  };
  const drain = scriptedDrain(new ScriptedEndpoint(writer()), { bound: 1_000_000 });
  await readShard(drain, open, undefined);
  expect(drain.read()).toHaveLength(10_000);
  expect(drain.items.at(-1)?.more).toBe(true);
});

test('a missing iterator, and nothing else, is the end of a shard', async () => {
  const drain = scriptedDrain(
    new ScriptedEndpoint([{ records: [1] }, empty, empty, empty, { records: [], end: true }]),
  );
  expect(await readShard(drain, closed, undefined)).toMatchObject({ ended: true });
  expect(drain.items.map(({ position }) => position.ended)).toEqual([false, true]);
  expect(drain.items.at(-1)).toMatchObject({ columns: undefined, position: { sequenceNumber: '1', ended: true } });
});

test('records and the end may come in one page', async () => {
  const drain = scriptedDrain(new ScriptedEndpoint([{ records: [1, 2], end: true }]));
  expect(await readShard(drain, open, undefined)).toMatchObject({ ended: true });
  expect(drain.items).toHaveLength(1);
  expect(drain.items[0]?.position).toMatchObject({ sequenceNumber: '2', ended: true });
});

test('an expired iterator is renewed after the last record read', async () => {
  const steps: Step[] = [
    { records: [1, 2] },
    { failure: 'position' },
    { records: [3] },
    empty,
    { failure: 'position' },
    empty,
  ];
  const endpoint = new ScriptedEndpoint(steps);
  const drain = scriptedDrain(endpoint);
  await readShard(drain, open, undefined);
  expect(drain.read()).toEqual([1, 2, 3]);
  expect(endpoint.starts).toEqual([
    { type: 'TRIM_HORIZON' },
    { type: 'AFTER', sequenceNumber: '2' },
    { type: 'AFTER', sequenceNumber: '3' },
  ]);
});

test('iterators that are refused again and again end the drain', async () => {
  const refusing = function* (): Generator<Step> {
    for (;;) yield { failure: 'position' };
  };
  const drain = scriptedDrain(new ScriptedEndpoint(refusing()));
  await expect(readShard(drain, open, undefined)).rejects.toThrow(StreamUnavailableError);
});

test('records at and before the position are not handed over again', async () => {
  const drain = scriptedDrain(
    new ScriptedEndpoint([{ records: [4, 5, 6] }, { records: [5, 6] }, { records: [6, 7] }, empty, empty]),
  );
  await readShard(drain, open, after('5'));
  expect(drain.read()).toEqual([6, 7]);
  const columns = drain.items[0]?.columns;
  expect([columns?.rowCount, columns?.data.length, [...(columns?.dataOffsets ?? [])]]).toEqual([1, 1, [0, 1]]);
});

test('a position that the shard lost goes on at its oldest record, with a warning', async () => {
  const endpoint = new ScriptedEndpoint([{ records: [1] }, empty, empty]);
  endpoint.iteratorFailures.push('position');
  const drain = scriptedDrain(endpoint);
  await readShard(drain, open, after('5'));
  expect(drain.read()).toEqual([1]);
  expect(drain.items[0]?.warning).toMatch(/no longer has the position 5/);
  expect(endpoint.starts.map(({ type }) => type)).toEqual(['AFTER', 'TRIM_HORIZON']);
});

test('the warning comes even where no record does', async () => {
  const endpoint = new ScriptedEndpoint([empty, empty]);
  endpoint.iteratorFailures.push('position');
  const drain = scriptedDrain(endpoint);
  await readShard(drain, open, after('5'));
  expect(drain.items).toHaveLength(1);
  expect(drain.items[0]?.position).toMatchObject({ sequenceNumber: undefined, ended: false });
});

test('records behind the position that are gone are said once, with the first page, and the position moves past them', async () => {
  const lost = expect.stringMatching(/^records past the retention period were lost/);
  const told = scriptedDrain(
    new ScriptedEndpoint([
      { records: [9], trimmed: 8, lag: 1 },
      { records: [10], trimmed: 8 },
    ]),
    {
      traits: { exactLag: true },
    },
  );
  await readShard(told, open, after('5'));
  expect(told.read()).toEqual([9, 10]);
  expect(told.items.map(({ warning }) => warning)).toEqual([lost, undefined]);

  const nothingNew = scriptedDrain(new ScriptedEndpoint([{ records: [], trimmed: 8 }]), { traits: { exactLag: true } });
  await readShard(nothingNew, open, after('5'));
  expect(nothingNew.items).toMatchObject([{ columns: undefined, position: { sequenceNumber: '8' }, warning: lost }]);

  for (const position of [after('8'), undefined]) {
    const readBefore = scriptedDrain(new ScriptedEndpoint([{ records: [9], trimmed: 8 }]), {
      traits: { exactLag: true },
    });
    await readShard(readBefore, open, position);
    expect(readBefore.items.map(({ warning }) => warning)).toEqual([undefined]);
  }
});

test('where the endpoint does not tell, a position past the retention period says that records may be lost, once there are newer ones', async () => {
  const old = { ...after('5'), arrivalMicros: 100_000_000n };
  const warnings = async (steps: Step[], horizon: number | undefined) => {
    const drain = scriptedDrain(new ScriptedEndpoint(steps), { horizon });
    await readShard(drain, open, old);
    return drain.items.map(({ warning }) => warning);
  };
  expect(await warnings([{ records: [200] }, { records: [201] }, empty, empty], 150)).toEqual([
    expect.stringMatching(/past the retention period: records may be lost/),
    undefined,
  ]);
  expect(await warnings([empty, empty], 150)).toEqual([]);
  expect(await warnings([{ records: [200] }, empty, empty], 99)).toEqual([undefined]);
  expect(await warnings([{ records: [200] }, empty, empty], undefined)).toEqual([undefined]);
});

test('records larger than any column are left out and named, and the position goes past them', async () => {
  const endpoint = new ScriptedEndpoint([
    { records: [1] },
    { records: [2], bytes: largestRecordBytes + 1 },
    { records: [3], bytes: largestRecordBytes },
    { records: [4, 5], bytes: largestRecordBytes + 1, end: true },
  ]);
  const drain = scriptedDrain(endpoint);
  await readShard(drain, open, undefined);
  expect(drain.read()).toEqual([1, 3]);
  expect(drain.items.map(({ position }) => position.sequenceNumber)).toEqual(['1', '2', '3', '5']);
  expect(drain.items.flatMap(({ skipped }) => skipped)).toEqual(
    [2, 4, 5].map((number) => ({
      place: { text: String(number), arrivalMicros: BigInt(number) * 1_000_000n },
      bytes: largestRecordBytes + 1,
    })),
  );
});

test('a stream that changes under the reader fails the drain instead of mixing two streams', async () => {
  const endpoint = new ScriptedEndpoint([{ records: [1] }, { failure: 'position' }]);
  endpoint.iteratorFailures.push(undefined, 'position');
  await expect(readShard(scriptedDrain(endpoint), open, undefined)).rejects.toThrow(
    /changed while shard shard was being read/,
  );
});

test('throttled calls are made again with the same iterator, after growing random pauses', async () => {
  const throttled: Step = { failure: 'throttled' };
  const endpoint = new ScriptedEndpoint([
    throttled,
    throttled,
    throttled,
    throttled,
    throttled,
    throttled,
    throttled,
    { records: [1] },
    empty,
    empty,
  ]);
  const drain = scriptedDrain(endpoint);
  await readShard(drain, open, undefined);
  expect(drain.read()).toEqual([1]);
  expect(endpoint.starts).toHaveLength(1);
  expect(drain.timing.sleeps.map(Math.round)).toEqual([200, 400, 799, 1598, 3197, 6394, 9990]);
});

test('an endpoint that is away for a moment is waited for, a dead one is not', async () => {
  const away: Step = { failure: 'unreachable' };
  const drain = scriptedDrain(new ScriptedEndpoint([away, away, away, { records: [1] }, empty, empty]));
  await readShard(drain, open, undefined);
  expect(drain.read()).toEqual([1]);
  const dead = scriptedDrain(new ScriptedEndpoint(Array.from({ length: 100 }, () => away)));
  await expect(readShard(dead, open, undefined)).rejects.toThrow(
    new StreamUnavailableError('Kinesis endpoint http://127.0.0.1:1 cannot be reached (GetRecords: scripted)'),
  );
  expect(dead.timing.time).toBeLessThan(4_000);
});

test("AWS's pace: five calls a second, two megabytes a second", async () => {
  const aws = endpointTraits({ endpoint: 'https://kinesis.us-east-1.amazonaws.com', region: 'us-east-1' });
  const steps: Step[] = [
    { records: [1], lag: 1 },
    { records: [2], bytes: 4_000_000, lag: 1 },
    { records: [3] },
    empty,
    empty,
  ];
  const drain = scriptedDrain(new ScriptedEndpoint(steps), { traits: aws });
  await readShard(drain, open, undefined);
  expect(drain.timing.sleeps).toEqual([200, 2_000, 200, 200]);
});

test('the limit follows the size of the records', async () => {
  const endpoint = new ScriptedEndpoint([
    { records: [1], bytes: 1_048_576 },
    { records: [2], bytes: 10 },
    { records: [3], bytes: 10 },
    empty,
    empty,
  ]);
  await readShard(scriptedDrain(endpoint), open, undefined);
  expect(endpoint.limits).toEqual([1_000, 4, 7, 15, 15]);
});

test('a drain that found the tip leaves its iterator to the next one', async () => {
  const endpoint = new ScriptedEndpoint([{ records: [1] }, empty, empty, { records: [2] }, empty, empty]);
  const drain = scriptedDrain(endpoint);
  await readShard(drain, open, undefined);
  await readShard(drain, open, drain.items.at(-1)?.position);
  expect(drain.read()).toEqual([1, 2]);
  expect(endpoint.starts).toHaveLength(1);
});
