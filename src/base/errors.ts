/**
 * The one table of errors that the server raises outside the dialect, and the class that carries them to a client.
 * SQLSTATE: PostgreSQL Appendix A. Texts: Redshift's where the reference observed one.
 */
export class DuckshiftError extends Error {
  override readonly name = 'DuckshiftError';
  readonly code: string;
  readonly severity: 'ERROR' | 'FATAL';
  readonly position: number | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;

  constructor(code: string, message: string, fields: ErrorFields = {}) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = code;
    this.severity = fields.severity ?? 'ERROR';
    this.position = fields.position;
    this.detail = fields.detail;
    this.hint = fields.hint;
  }
}

export interface ErrorFields {
  readonly severity?: 'ERROR' | 'FATAL' | undefined;
  readonly position?: number | undefined;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}
