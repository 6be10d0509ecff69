import { textValue } from '../../session/text-rows.js';
import type { ResultPage } from './result.js';

/**
 * A page as CSV (RFC 4180), a line for each row, without a header: ColumnMetadata has the names. NULL is nothing at
 * all, an empty string is `""`.
 */
export function csvRecords(page: ResultPage): string {
  const lines: string[] = [];
  for (const chunk of page.chunks)
    for (let row = 0; row < chunk.rowCount; row++)
      lines.push(`${chunk.columns.map((column) => csvValue(textValue(column, row))).join(',')}\n`);
  return lines.join('');
}

function csvValue(value: string | null): string {
  if (value === null) return '';
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
