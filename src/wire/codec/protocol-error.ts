import { DuckshiftError } from '../../base/errors.js';

/**
 * A message the protocol forbids; the connection can continue at the next message boundary. SQLSTATE 08P01 unless
 * given.
 */
export function protocolViolation(message: string, code = '08P01'): DuckshiftError {
  return new DuckshiftError(code, message);
}

/** Bytes after which no message boundary can be trusted any more: the connection ends. */
export function fatalProtocolViolation(message: string, code = '08P01'): DuckshiftError {
  return new DuckshiftError(code, message, { severity: 'FATAL' });
}
