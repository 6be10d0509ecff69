import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { expect, test } from 'vitest';
import { resultTable } from '../../src/cli/result-table.js';
import { startDuckshift } from '../../src/index.js';

/** The guided tour of docs/sql.md: each command and the output documented below it. */
const tour = [...readFileSync('docs/sql.md', 'utf8').matchAll(/```sh\n(.+)\n```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, command = '', output = '']) => ({ command, output }),
);
const commands = tour.filter(({ command }) => command.startsWith('npx duckshift '));

test('the tour shows each step', () => {
  expect(commands.map(({ command }) => /--show (\w+)/.exec(command)?.[1])).toEqual([
    'tokens',
    'tree',
    'binding',
    undefined,
  ]);
});

test.each(commands)('$command', ({ command, output }) => {
  const local = command.replace('npx duckshift', `"${process.execPath}" dist/src/cli/launcher.cjs`);
  expect(execFileSync('sh', ['-c', local], { encoding: 'utf8' })).toBe(output);
});

test('the rows are those that a server answers', async () => {
  const documented = tour.find(({ command }) => command.startsWith('psql '));
  const duckshift = await startDuckshift();
  const client = new pg.Client(duckshift.connectionString);
  try {
    await client.connect();
    const text = readFileSync('docs/tour.sql', 'utf8');
    const { fields, rows } = await client.query({ text, rowMode: 'array', types: { getTypeParser: () => String } });
    expect(
      `${resultTable(
        fields.map(({ name }) => name),
        rows,
      )}\n\n`,
    ).toBe(documented?.output);
  } finally {
    await client.end();
    await duckshift.stop();
  }
});
