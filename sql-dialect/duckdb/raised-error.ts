/**
 * How rewritten SQL raises an error of Redshift's at run time: DuckDB's `error(text)` with a text that carries the
 * SQLSTATE. The engine decodes it (`src/engine/engine-error.ts`), so that the client sees the code and the message and
 * nothing of the convention.
 */
export interface RaisedError {
  /** SQLSTATE, five characters. */
  readonly code: string;
  readonly message: string;
}

const marker = 'duckshift:';
const pattern = /duckshift:([0-9A-Z]{5}):([\s\S]*)/;
/** Unit separator. */
const end = '\u001f';

/**
 * The text to give to `error(…)`, as plain text (not yet a SQL literal): `error('${text}')` needs its quotes doubled,
 * see `raisedErrorSql`. A unit separator ends it, so that text DuckDB appends is not read as part of the message.
 */
export function raisedErrorText(code: string, message: string): string {
  return `${marker}${code}:${message}${end}`;
}

/**
 * A DuckDB expression that raises the error. Its type is DuckDB's untyped NULL, so it fits every branch of a CASE.
 * `message` may be text known now; for a text with values of the run see `raisedErrorExpression`.
 */
export function raisedErrorSql(code: string, message: string): string {
  return `error('${raisedErrorText(code, message).replaceAll("'", "''")}')`;
}

/** A DuckDB expression that raises an error whose message is the VARCHAR expression `messageSql`. */
export function raisedErrorExpression(code: string, messageSql: string): string {
  return `error('${marker}${code}:' || (${messageSql}) || chr(31))`;
}

/** Finds a raised error in an engine's message, or undefined when the message is the engine's own. */
export function decodeRaisedError(text: string): RaisedError | undefined {
  const match = pattern.exec(text);
  const code = match?.[1];
  const message = match?.[2]?.split(end, 1)[0];
  return code === undefined || message === undefined ? undefined : { code, message };
}
