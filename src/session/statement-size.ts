import { SqlError } from '../../sql-dialect/errors.js';

const longestTextBytes = 16 * 1024 * 1024;

/**
 * @throws DuckshiftError 42601 in Redshift's words for a text of more than 16 MiB ("Quotas and limits": SQL statement
 * size).
 */
export function refuseOversized(text: string): void {
  // No character takes more than three bytes of UTF-8 for each of its code units.
  if (text.length * 3 <= longestTextBytes) return;
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > longestTextBytes)
    throw new SqlError(
      '42601',
      `Statement is too large. Statement Size: ${bytes} bytes. Maximum Allowed: ${longestTextBytes} bytes`,
    );
}
