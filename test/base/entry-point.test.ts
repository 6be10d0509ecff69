import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceNewerThanBuild } from '../../src/base/entry-point.js';

const files = [
  'dist/.tsbuildinfo',
  'src/cli/launcher.cts',
  'src/index.ts',
  'src/notes.md',
  'sql-dialect/lexer/lexer.ts',
];

describe('the build that child processes run from', () => {
  let root: string;
  const found = (): string | undefined => sourceNewerThanBuild(pathToFileURL(`${root}/`));
  const changedAt = (file: string, second: number): Promise<void> => utimes(join(root, file), second, second);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'duckshift-build-'));
    for (const file of files) {
      await mkdir(join(root, file, '..'), { recursive: true });
      await writeFile(join(root, file), '');
      await changedAt(file, 1000);
    }
    await changedAt('dist/.tsbuildinfo', 2000);
  });
  afterEach(() => rm(root, { recursive: true }));

  it('is good when no source is newer', () => {
    expect(found()).toBeUndefined();
  });

  it.each(['src/index.ts', 'src/cli/launcher.cts', 'sql-dialect/lexer/lexer.ts'])(
    'is stale once %s is newer',
    async (file) => {
      await changedAt(file, 3000);
      expect(found()).toBe(file);
    },
  );

  it('does not depend on files that are not compiled', async () => {
    await changedAt('src/notes.md', 3000);
    expect(found()).toBeUndefined();
  });

  it('is stale when it was never finished', async () => {
    await rm(join(root, 'dist/.tsbuildinfo'));
    expect(found()).toBeDefined();
  });
});
