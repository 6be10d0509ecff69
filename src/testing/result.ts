/** The outcome of one test file. */
export interface TestFileResult {
  readonly path: string;
  readonly passed: boolean;
  /** Steps that ran, without those skipped. */
  readonly steps: number;
  readonly skipped: number;
  readonly failures: readonly TestFailure[];
}

/** One thing that went otherwise than the file says. */
export interface TestFailure {
  /** Line of the step. */
  readonly line: number;
  /** What went wrong, in one line. */
  readonly message: string;
  readonly sql: string | undefined;
  /** Lines to compare, when two texts differ. */
  readonly difference: { readonly expected: readonly string[]; readonly got: readonly string[] } | undefined;
}

/**
 * A result as text for a terminal: one line when the file passed, else each failure with `file:line` and what differs.
 */
export function formatResult(result: TestFileResult): string {
  const steps = `${result.steps} step${result.steps === 1 ? '' : 's'}`;
  const skipped = result.skipped === 0 ? '' : `, ${result.skipped} skipped`;
  if (result.passed) return `ok    ${result.path} (${steps}${skipped})`;
  return [
    `FAIL  ${result.path} (${steps}${skipped})`,
    ...result.failures.map((f) => formatFailure(result.path, f)),
  ].join('\n');
}

/** One failure: `file:line: what went wrong`, the SQL, and the differing lines (`-` expected, `+` got). */
export function formatFailure(path: string, failure: TestFailure): string {
  const lines = [`${path}:${failure.line}: ${failure.message}`];
  if (failure.sql !== undefined) lines.push(...failure.sql.split('\n').map((line) => `    ${line}`));
  if (failure.difference !== undefined) {
    const { expected, got } = failure.difference;
    lines.push('  expected (-) and got (+):', ...diffLines(expected, got).map((line) => `  ${line}`));
  }
  return lines.join('\n');
}

/** Beyond this many cells of the comparison table, both texts are printed whole. */
const maxTable = 1_000_000;

/** A line diff: common lines after two blanks, expected ones after `- `, got ones after `+ `. */
export function diffLines(expected: readonly string[], got: readonly string[]): string[] {
  if (expected.length * got.length > maxTable) return [...expected.map((l) => `- ${l}`), ...got.map((l) => `+ ${l}`)];
  const common = commonSuffixLengths(expected, got);
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < expected.length || j < got.length) {
    if (i < expected.length && j < got.length && expected[i] === got[j]) {
      lines.push(`  ${expected[i]}`);
      i++;
      j++;
    } else if (i < expected.length && (j >= got.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`- ${expected[i++]}`);
    } else {
      lines.push(`+ ${got[j++]}`);
    }
  }
  return lines;
}

/** Length of the longest common subsequence of `a` from i and `b` from j. */
function commonSuffixLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = table[i];
    const below = table[i + 1];
    if (row === undefined || below === undefined) continue;
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}
