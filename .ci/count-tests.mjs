// Prints "N passed, N failed" from vitest's JSON report; exit status 1 unless something passed and nothing failed.
// Usage: node count-tests.mjs REPORT OTHER_FAILURES
import { readFileSync } from 'node:fs';

const [path = '', otherFailures = '0'] = process.argv.slice(2);

let passed = 0;
let failed = Number(otherFailures);
let report;
try {
  report = JSON.parse(readFileSync(path, 'utf8'));
} catch {
  // The tests did not run to a report: the failure of that is one, unless a step before them is already counted.
  failed = Math.max(failed, 1);
}
for (const file of report?.testResults ?? []) {
  const cases = file.assertionResults ?? [];
  const good = cases.filter(({ status }) => status === 'passed').length;
  passed += good;
  // A skipped or unfinished case is a failed one; a file that failed to load has no case at all.
  failed += cases.length - good;
  if (file.status === 'failed' && good === cases.length) failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
