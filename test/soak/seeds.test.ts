import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { soak } from './soak.js';

/** The soak at a small size; `npm run soak` is the large one. */
describe('exactly once, in order, through faults, resharding and kills', () => {
  it.each(Array.from({ length: 20 }, (_unused, index) => index + 1))(
    'seed %i',
    async (seed) => {
      const data = mkdtempSync(join(tmpdir(), 'duckshift-soak-'));
      try {
        const report = await soak({
          seed,
          records: 1_000,
          data,
          largestBatch: 15,
          longestPause: 60,
          longestCalm: 120,
          certain: ['split', 'kill duckshift', 'merge', 'fault', 'kill the endpoint'],
        });
        expect(report.problems).toEqual([]);
        expect(report.acknowledged).toBeGreaterThanOrEqual(1_000);
      } finally {
        rmSync(data, { recursive: true, force: true });
      }
    },
    180_000,
  );
});
