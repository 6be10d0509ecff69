/** Longer texts are parenthesised without a look. */
const longestScanned = 400;

/**
 * True when `sql` needs no parentheses next to any operator: a name, a literal, a call, a CASE … END, or something in
 * parentheses.
 */
export function isAtomic(sql: string): boolean {
  if (sql.length > longestScanned) return false;
  if (/^(?:[A-Za-z_]\w*|\d+(?:\.\d+)?|\$\d+|"[^"]*"(?:\."[^"]*")*|'(?:[^']|'')*')$/.test(sql)) return true;
  const opening = /^(?:[A-Za-z_]\w*)?\(/.exec(sql);
  if (opening === null) return false;
  return closingOf(sql, opening[0].length - 1) === sql.length - 1;
}

/** Index of the parenthesis that closes the one at `start`. */
function closingOf(sql: string, start: number): number {
  let depth = 0;
  for (let i = start; i < sql.length; i++) {
    const c = sql[i];
    if (c === "'" || c === '"') {
      const end = sql.indexOf(c, i + 1);
      if (end < 0) return -1;
      i = end;
    } else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i;
  }
  return -1;
}

/** `sql`, in parentheses unless it keeps together without. */
export function grouped(sql: string): string {
  return isAtomic(sql) ? sql : `(${sql})`;
}

/** A VARCHAR expression without its trailing blanks; cheap where there are none. */
export function unpadded(sql: string, repeatable: boolean): string {
  return repeatable ? `CASE WHEN suffix(${sql}, ' ') THEN rtrim(${sql}, ' ') ELSE ${sql} END` : `rtrim(${sql}, ' ')`;
}

/** `sql`, or `least` where it is below that; NULL for NULL, where DuckDB's `greatest` would give `least`. */
export function notBelow(sql: string, least: number): string {
  if (/^-?\d{1,9}$/.test(sql)) return String(Math.max(Number(sql), least));
  return `CASE WHEN ${sql} < ${least} THEN ${least} ELSE ${sql} END`;
}
