import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

function translate(args: readonly string[], input: string) {
  const command = ['dist/src/cli/launcher.cjs', 'translate', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('translate --show', () => {
  test('joins the tokens to the text, white space and comments included', () => {
    const sql = "SELECT /* one */ 'it''s', \"A b\" -- two\n";
    const { status, stdout } = translate(['--show', 'tokens'], sql);
    const texts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(/"(?:[^"\\]|\\.)*"/.exec(line)?.[0] ?? '""'));
    expect(status).toBe(0);
    expect(texts.join('')).toBe(sql);
  });

  test('prints one tree for each statement', () => {
    const { stdout } = translate(['--show', 'tree'], 'SELECT 1; DROP TABLE t');
    expect(stdout.split('\n\n').map((tree) => tree.split(' ')[0])).toEqual(['select_statement', 'drop']);
  });

  test('says what names, operators and calls mean', () => {
    const { stdout } = translate(['--show', 'binding'], 'SELECT SUM(a + 1) AS s FROM (SELECT 2 AS a) t');
    const cells = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(cells).toContainEqual(['a + 1', 'integer', 'integer: integer, integer']);
    expect(cells).toContainEqual(['a', 'integer', 'column t.a']);
    expect(cells).toContainEqual(['SUM(a + 1)', 'bigint', 'aggregate sum(bigint)']);
    expect(cells).toContainEqual(['output s', 'bigint']);
  });

  test('has no binding for a statement that is not a query', () => {
    const { status, stdout } = translate(['--show', 'binding'], 'DROP TABLE t');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '-- drop_table is not a query\n' });
  });

  test.each([
    ['tree', 'SELECT FROM', '-- 42601 at character 8: syntax error at or near "FROM"\n'],
    ['tokens', "SELECT 'a", /^-- 42601 at character 8: unterminated/],
    ['binding', 'SELECT nosuch(1)', /^-- 42883 at character 8: function nosuch\(integer\) does not exist/],
  ])('--show %s reports the error of a text that it cannot read', (step, sql, expected) => {
    const { status, stdout } = translate(['--show', step], sql);
    expect(status).toBe(1);
    expect(stdout).toMatch(expected);
  });

  test.each([
    [['--show', 'everything'], '--show must be one of tokens, tree, binding, not "everything"'],
    [['--show', 'tree', '--json'], '--show and --json exclude each other'],
  ])('%j is wrong usage', (args, message) => {
    const { status, stderr } = translate(args, 'SELECT 1');
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
