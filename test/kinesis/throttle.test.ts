import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Throttle } from '../../src/streams/kinesis/embedded/throttle.js';

const place = { stream: 's', shardId: 'shardId-000000000000', start: '1' };
const other = { stream: 's', shardId: 'shardId-000000000001', start: '2' };
const second = 1_000;

const allowed = (call: () => void): boolean => {
  try {
    call();
    return true;
  } catch {
    return false;
  }
};

test('five reads in any second', () => {
  const throttle = new Throttle('0');
  const read = (now: number) => allowed(() => throttle.read(place, now));
  expect([0, 100, 200, 300, 400, 500, 999].map(read)).toEqual([true, true, true, true, true, false, false]);
  expect([1_000, 1_050, 1_100, 1_150].map(read)).toEqual([true, false, true, false]);
  expect(allowed(() => throttle.read(other, 1_150))).toBe(true);
});

test('whatever the calls, no second has more than five reads', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }), (pauses) => {
      const throttle = new Throttle('0');
      let now = 0;
      const times: number[] = [];
      for (const pause of pauses) {
        now += pause;
        if (allowed(() => throttle.read(place, now))) times.push(now);
      }
      for (const [index, time] of times.entries())
        expect(times.slice(index).filter((each) => each < time + second).length).toBeLessThanOrEqual(5);
    }),
  );
});

test('a full page blocks for five seconds, less for less', () => {
  const throttle = new Throttle('0');
  const read = (now: number) => allowed(() => throttle.read(place, now));
  expect(read(0)).toBe(true);
  throttle.gave(place, 10 * 1024 * 1024, 0);
  expect([1_000, 4_999].map(read)).toEqual([false, false]);
  expect(read(5_000)).toBe(true);
  throttle.gave(place, 1024 * 1024, 5_000);
  expect(read(5_001)).toBe(true);
});

test('1,000 records a second', () => {
  const throttle = new Throttle('0');
  const write = (now: number) => throttle.write(place, 10, now);
  for (let record = 0; record < 1_000; record++) expect(write(0)).toBe(true);
  expect(write(0)).toBe(false);
  expect([write(1), write(1)]).toEqual([true, false]);
  expect(throttle.write(other, 10, 1)).toBe(true);
});

test('1 MiB a second; a record of 1 MiB needs all of it, a larger one overdraws it', () => {
  const throttle = new Throttle('0');
  const mebibyte = 1024 * 1024;
  expect(throttle.write(place, mebibyte, 0)).toBe(true);
  expect(throttle.write(place, 1, 0)).toBe(false);
  expect(throttle.write(place, mebibyte, 999)).toBe(false);
  expect(throttle.write(place, 10 * mebibyte, 1_000)).toBe(true);
  expect(throttle.write(place, 1, 10_000)).toBe(false);
  expect(throttle.write(place, 1, 10_100)).toBe(true);
});

test('a stream that is gone leaves nothing', () => {
  const throttle = new Throttle('0');
  for (let call = 0; call < 10; call++) throttle.scale('s', 0);
  expect(() => throttle.scale('s', 1)).toThrow(/more than 10 times per rolling 24-hour period for stream s/);
  throttle.write(place, 1024 * 1024, 0);
  throttle.forget('s', [place.start]);
  throttle.scale('s', 2);
  expect(throttle.write(place, 1, 2)).toBe(true);
});
