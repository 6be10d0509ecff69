import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { startFreshTargetFor } from '../../src/testing/index.js';
import { formatResult } from '../../src/testing/result.js';
import { runTestFile } from '../../src/testing/run-test-file.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test'))
  .sort();

/** Every text test is a case of its own, against a duckshift of its own. */
describe('text tests', () => {
  test.each(files)('%s', async (name) => {
    const path = join(root, name);
    const target = await startFreshTargetFor(path);
    try {
      const result = await runTestFile(path, target);
      if (!result.passed) throw new Error(`\n${formatResult({ ...result, path: relative(process.cwd(), path) })}`);
    } finally {
      await target.close();
    }
  });
});
