import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const columns = 120;
const comment = /^\s*(\/\/|\/\*|\*)/;

/** Files with long comments from before this rule; only ever remove a line. */
const exempt = new Set([
  'sql-dialect/bind/binding.ts',
  'sql-dialect/catalog.ts',
  'sql-dialect/rewrite/compare.ts',
  'sql-dialect/rewrite/order.ts',
  'sql-dialect/rewrite/super.ts',
  'src/catalog/principals/contract.ts',
  'src/refresh/checkpoints.ts',
  'src/refresh/refresh-run.ts',
  'src/streams/contract.ts',
]);

test(`no comment line is longer than ${columns} columns`, () => {
  const sources = ['sql-dialect', 'src', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.[cm]?ts$/.test(path))
      .map((path) => join(folder, path)),
  );
  const tooLong = sources
    .filter((path) => !exempt.has(path))
    .flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, index) => (line.length > columns && comment.test(line) ? [`${path}:${index + 1}`] : [])),
    );
  expect(sources.length).toBeGreaterThan(0);
  expect(tooLong).toEqual([]);
});
