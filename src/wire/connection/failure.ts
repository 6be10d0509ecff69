import { SqlError } from '../../../sql-dialect/errors.js';
import { DuckshiftError } from '../../base/errors.js';
import type { Logger } from '../../base/log.js';
import type { Report } from '../codec/backend-messages.js';

/** An error as sent to the client. FATAL ends the connection. */
export interface Failure extends Report {
  readonly severity: 'ERROR' | 'FATAL';
}

/**
 * The error a client gets for anything thrown. Errors that no layer raised on purpose are defects: they are logged with
 * their stack, and the client gets XX000.
 */
export function failureOf(error: unknown, log: Logger): Failure {
  if (error instanceof SqlError) return { ...fields(error), severity: 'ERROR' };
  if (error instanceof DuckshiftError) return { ...fields(error), severity: error.severity };
  log.error('unexpected error in a session', { error });
  const message = error instanceof Error ? error.message : String(error);
  return { severity: 'ERROR', code: 'XX000', message: `internal error: ${message}` };
}

/** The same, as the end of the connection. */
export function fatal(failure: Failure): Failure {
  return { ...failure, severity: 'FATAL' };
}

function fields({ code, message, position, detail, hint }: SqlError | DuckshiftError): Omit<Failure, 'severity'> {
  return { code, message, position, detail, hint };
}
