/** A DuckDB identifier for any name. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A DuckDB string literal for any text. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
