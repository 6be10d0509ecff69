import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteBudget } from '../../src/streams/kinesis/byte-budget.js';

const never = new AbortController().signal;

test('no more than the budget is out at once, except for a single larger item, and everyone gets a turn', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 30 }), async (sizes) => {
      const budget = new ByteBudget(100);
      const out: number[] = [];
      let served = 0;
      const work = sizes.map(async (size) => {
        await budget.take(size, never);
        out.push(size);
        served++;
        expect(out.length === 1 || out.reduce((sum, each) => sum + each, 0) <= 100).toBe(true);
        await turn();
        out.splice(out.indexOf(size), 1);
        budget.give(size);
      });
      await Promise.all(work);
      expect(served).toBe(sizes.length);
    }),
  );
});

test('an estimate is corrected', async () => {
  const budget = new ByteBudget(100);
  await budget.take(90, never);
  budget.correct(90, 10);
  await budget.take(90, never);
  let granted = false;
  const waiting = budget.take(1, never).then(() => {
    granted = true;
  });
  await turn();
  expect(granted).toBe(false);
  budget.give(90);
  await waiting;
});

test('waiting ends with the signal, and takes nothing', async () => {
  const budget = new ByteBudget(100);
  await budget.take(100, never);
  const abort = new AbortController();
  const waiting = budget.take(50, abort.signal);
  abort.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  budget.give(100);
  await budget.take(100, never);
});
