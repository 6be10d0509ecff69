/**
 * How a row is written in a test file: cells joined by `|`, in the text form of the wire. NULL is `NULL` and the empty
 * string `(empty)`. A control character is written as its code in hexadecimal, `<0A>` for a line feed, and so is a
 * blank at the end of a line, where no editor would keep or show it.
 */
export function formatRow(cells: readonly (string | null)[]): string {
  const line = cells.map(formatCell).join('|');
  return line.endsWith(' ') ? `${line.slice(0, -1)}<20>` : line;
}

function formatCell(cell: string | null): string {
  if (cell === null) return 'NULL';
  if (cell === '') return '(empty)';
  return cell.replace(/\p{Cc}/gu, (c) => `<${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}>`);
}

/** The values of a `params` line: the inverse of {@link formatRow}, as far as a parameter needs it. */
export function parseParameters(text: string): (string | null)[] {
  if (text === '') return [];
  return text.split('|').map((cell) => {
    if (cell === 'NULL') return null;
    if (cell === '(empty)') return '';
    return cell.replace(/<([0-9A-F]{2})>/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  });
}
