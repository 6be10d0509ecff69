/** An identifier for DuckDB: always quoted. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string literal for DuckDB, whose own text cannot hold a NUL character. */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) return `(${text.split('\0').map(quoteLiteral).join(' || chr(0) || ')})`;
  return `'${text.replaceAll("'", "''")}'`;
}
