import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';

/**
 * The type of an external schema as `eskind` shows it, by the word after FROM. AWS documents 1 to 10 only in part
 * ("SVV_EXTERNAL_SCHEMAS").
 */
const kinds: readonly (readonly [source: string, eskind: number])[] = [
  ['kinesis', 9],
  ['msk', 10],
  ['kafka', 10],
];

/** DuckDB text of `eskind` for an entry's stored form. @param definition DuckDB text of a JSON value */
export function externalSchemaKind(definition: string): string {
  const branches = kinds.map(([source, eskind]) => `WHEN ${quoteLiteral(source)} THEN ${eskind}`);
  return `CASE ${definition}->>'$.source' ${branches.join(' ')} ELSE 1 END`;
}
