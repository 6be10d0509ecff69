import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { soak } from './soak.js';

/**
 * `npm run soak -- --records 200000 --seed 1`: prints what was done and found; status 1 when anything is not as it
 * should be.
 */
const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    verbose: { type: 'boolean', default: false },
    'longest-calm': { type: 'string', default: '150' },
  },
});
const data = mkdtempSync(join(tmpdir(), 'duckshift-soak-'));
try {
  const report = await soak({
    seed: Number(values.seed),
    records: Number(values.records),
    data,
    largestBatch: 200,
    longestPause: 100,
    longestCalm: Number(values['longest-calm']),
    ...(values.verbose ? { log: (line: string) => console.error(line) } : {}),
  });
  console.log(JSON.stringify(report, undefined, 2));
  process.exitCode = report.problems.length === 0 ? 0 : 1;
} finally {
  rmSync(data, { recursive: true, force: true });
}
