import { SqlError } from '../../../sql-dialect/errors.js';
import { DuckshiftError } from '../../base/errors.js';
import { ResultTooLarge } from './result.js';

/**
 * `Error` of a failed statement, as Redshift's JDBC driver words the server's error:
 * `ERROR: syntax error at or near "FROM"` and, each on a separate line, detail, hint and position. Redshift reports a
 * position for syntax errors only.
 */
export function errorText(error: unknown): string {
  if (error instanceof ResultTooLarge) return 'ERROR: Database response exceeded size limit';
  if (error instanceof DuckshiftError) return withFields(error.severity, error);
  if (error instanceof SqlError) return withFields('ERROR', error);
  return `ERROR: ${error instanceof Error ? error.message : String(error)}`;
}

/** A batch names the statement that failed, counted from 1. */
export function batchErrorText(index: number, error: string): string {
  return `Query #${index + 1} failed with ${error}`;
}

const syntaxError = '42601';

function withFields(severity: string, error: SqlError | DuckshiftError): string {
  const lines = [`${severity}: ${error.message}`];
  if (error.detail !== undefined) lines.push(`  Detail: ${error.detail}`);
  if (error.hint !== undefined) lines.push(`  Hint: ${error.hint}`);
  if (error.position !== undefined && error.code === syntaxError) lines.push(`  Position: ${error.position}`);
  return lines.join('\n');
}
