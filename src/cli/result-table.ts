/**
 * Rows as psql prints them: centred labels, a rule, padded cells, the row count.
 *
 * @param labels column labels
 * @param rows cells in text form, null for NULL
 */
export function resultTable(labels: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const widths = labels.map((label, column) =>
    Math.max(label.length, ...rows.map((row) => (row[column] ?? '').length), 1),
  );
  const centred = labels.map((label, column) => {
    const width = widths[column] ?? label.length;
    const left = Math.floor((width - label.length) / 2);
    return ` ${' '.repeat(left)}${label.padEnd(width - left)} `;
  });
  const rule = widths.map((width) => '-'.repeat(width + 2));
  const body = rows.map((row) =>
    row
      .map((cell, column) => ` ${cellText(cell, widths[column] ?? 0)} `)
      .join('|')
      .trimEnd(),
  );
  const count = `(${rows.length} row${rows.length === 1 ? '' : 's'})`;
  return [centred.join('|').trimEnd(), rule.join('+'), ...body, count].join('\n');
}

function cellText(cell: string | null, width: number): string {
  const text = cell ?? '';
  return /^-?[\d.]+$/.test(text) ? text.padStart(width) : text.padEnd(width);
}
