/**
 * What every client is put through: one table of columns, of statements, and of the answers that all clients give
 * alike. Each client prints, or gives, a line `step: value` for every step; values are written as Redshift writes them
 * as text, a boolean as true or false, NULL as NULL.
 */

/** A column of the corpus' table: its type, what a client sends for it, and what it reads back. */
export interface CorpusColumn {
  readonly name: string;
  readonly type: string;
  readonly sent: string;
  /** The parameter's place in INSERT; `?` alone where the type has no function to make it. */
  readonly place?: string;
  /** What is read; what was sent where it is the same. */
  readonly read?: string;
}

export const columns: readonly CorpusColumn[] = [
  { name: 'b', type: 'boolean', sent: 'true' },
  { name: 'i2', type: 'smallint', sent: '-32768' },
  { name: 'i4', type: 'integer', sent: '2147483647' },
  { name: 'i8', type: 'bigint', sent: '-9223372036854775808' },
  { name: 'n', type: 'decimal(38,10)', sent: '1234567890123456789012345678.0123456789' },
  { name: 'r', type: 'real', sent: '-1.5' },
  { name: 'd', type: 'double precision', sent: '0.1' },
  { name: 'c', type: 'char(4)', sent: 'ab', read: 'ab  ' },
  { name: 'v', type: 'varchar(24)', sent: 'Grüße, 世界 🙂' },
  { name: 'dt', type: 'date', sent: '2024-02-29' },
  { name: 'ts', type: 'timestamp', sent: '2024-02-29 12:34:56.789012' },
  { name: 'tz', type: 'timestamptz', sent: '2024-02-29 12:34:56.789012+02', read: '2024-02-29 10:34:56.789012+00' },
  { name: 't', type: 'time', sent: '12:34:56.789012' },
  { name: 'tt', type: 'timetz', sent: '12:34:56.789012+02' },
  { name: 's', type: 'super', sent: '{"a":[1,"x",null]}', place: 'JSON_PARSE(?)' },
  { name: 'vb', type: 'varbyte(8)', sent: 'ff00', place: "TO_VARBYTE(?, 'hex')" },
];

const columnNames = columns.map(({ name }) => name).join(', ');

/** The statements, with `?` for a parameter. */
export function statements(table: string): Readonly<Record<string, string>> {
  const definitions = columns.map(({ name, type }) => `${name} ${type}`).join(', ');
  const places = columns.map(({ place = '?' }) => place).join(', ');
  return {
    connect: "SELECT current_user || ' ' || current_database() || ' ' || current_setting('server_version')",
    create: `CREATE TABLE ${table} (id integer NOT NULL PRIMARY KEY, ${definitions})`,
    insert: `INSERT INTO ${table} (id, ${columnNames}) VALUES (?, ${places})`,
    select: `SELECT ${columnNames} FROM ${table} WHERE id = ?`,
    parameters: 'SELECT ?::integer + 1, ?::varchar, ?::integer',
    many: 'SELECT n FROM generate_series(1, 10000) AS g(n) ORDER BY n',
    add: `INSERT INTO ${table} (id) VALUES (3)`,
    remove: `DELETE FROM ${table}`,
    count: `SELECT count(*) FROM ${table}`,
    wrong: `SELECT nope FROM ${table}`,
    one: 'SELECT 1',
    endless:
      'SELECT count(*) FROM generate_series(1, 100000) AS a(x), generate_series(1, 100000) AS b(y), generate_series(1, 100000) AS c(z) WHERE x + y + z = -1',
    pid: 'SELECT pg_backend_pid()',
    running: "SELECT count(*) FROM sys_query_history WHERE session_id = ? AND status = 'running'",
    cancel: 'SELECT pg_cancel_backend(?)',
    tables: `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name = '${table}'`,
    columns: `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '${table}' ORDER BY ordinal_position`,
    key: `SELECT column_name FROM information_schema.key_column_usage WHERE table_schema = 'public' AND table_name = '${table}'`,
  };
}

/** The lines that every client gives, in order. */
export function expectedLines(table: string): string[] {
  return [
    'connect: awsuser dev 8.0.2',
    ...columns.map(({ name, type, sent, read = sent }) => `${name} ${type}: ${read}`),
    `nulls: ${columns.length}`,
    "parameters: 42|o'clock|NULL",
    'cursor: 10000 rows, sum 50005000',
    'commit: 3',
    'rollback: 3',
    'error: 42703',
    'after the error: 1',
    'failed transaction: 25P02',
    'after the failed transaction: 3',
    'cancel: 57014',
    'after the cancel: 1',
    `tables: ${table}`,
    `columns: id, ${columnNames}`,
    'key: id',
    'tls: true',
    'tls of another authority: refused',
  ];
}

/** Where the servers of a run are: one that speaks TLS when asked, and one that speaks nothing else. */
export interface CorpusTarget {
  readonly port: number;
  readonly tlsPort: number;
  /** The CA certificate of the server at `tlsPort`. */
  readonly ca: string;
  /** A CA certificate that did not sign the server's at `tlsPort`. */
  readonly otherCa: string;
}

/**
 * The corpus as a program reads it from the environment variable CORPUS: lines of key, tab, value; a column's line has
 * its type and what is sent.
 */
export function corpusText(table: string, target: CorpusTarget): string {
  const lines = [
    ['table', table],
    ...Object.entries(target).map(([key, value]) => [key, String(value)]),
    ...Object.entries(statements(table)).map(([name, sql]) => [`sql.${name}`, sql]),
    ...columns.map(({ name, type, sent }) => [`column.${name}`, type, sent]),
  ];
  return lines.map((line) => line.join('\t')).join('\n');
}
