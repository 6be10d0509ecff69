/** Severity order of `--log-level`. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];
export type LogFormat = 'pretty' | 'json';

/** Structured fields of a log line; values must be JSON-serialisable. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}

/**
 * A logger that writes one line per event. Logs go to standard error, so that standard output stays free for the
 * `ready` line.
 */
export function createLogger(level: LogLevel, format: LogFormat, write: (line: string) => void = writeStderr): Logger {
  return logger({}, logLevels.indexOf(level), format, write);
}

/** A logger that drops everything. */
export const silentLogger: Logger = logger({}, 0, 'json', () => undefined);

function logger(base: LogFields, threshold: number, format: LogFormat, write: (line: string) => void): Logger {
  const emit =
    (severity: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (logLevels.indexOf(severity) > threshold) return;
      write(formatLine(severity, message, { ...base, ...fields }, format));
    };
  return {
    error: emit('error'),
    warn: emit('warn'),
    info: emit('info'),
    debug: emit('debug'),
    child: (fields) => logger({ ...base, ...fields }, threshold, format, write),
  };
}

function formatLine(severity: LogLevel, message: string, fields: LogFields, format: LogFormat): string {
  const time = new Date().toISOString();
  if (format === 'json') return `${JSON.stringify({ time, level: severity, message, ...fields }, plainValue)}\n`;
  const extra = Object.entries(fields)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value, plainValue)}`)
    .join('');
  return `${time.slice(11, 23)} ${severity.padEnd(5)} ${message}${extra}\n`;
}

function plainValue(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) return value.stack ?? value.message;
  return value;
}

function writeStderr(line: string): void {
  process.stderr.write(line);
}
