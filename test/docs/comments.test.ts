import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const columns = 120;
const comment = /^\s*(\/\/|\/\*|\*)/;

test(`no comment line is longer than ${columns} columns`, () => {
  const sources = ['sql-dialect', 'src', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.[cm]?ts$/.test(path))
      .map((path) => join(folder, path)),
  );
  const tooLong = sources.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.length > columns && comment.test(line) ? [`${path}:${index + 1}`] : [])),
  );
  expect(sources.length).toBeGreaterThan(0);
  expect(tooLong).toEqual([]);
});
