import { quoteIdentifier } from '../../../sql-dialect/duckdb/quote.js';
import type { TableEntry } from '../../catalog/contract.js';
import { physicalName } from '../../catalog/physical.js';
import type { EngineConnection } from '../../engine/contract.js';

/**
 * Put a table of the same columns and rows in the place of one whose rows this transaction deleted or changed.
 *
 * DuckDB refuses to commit a transaction that removes rows of a table and then gives it other columns, as if another
 * transaction had altered it. The table made here is the transaction's own, so that it may be altered and written
 * freely. The cost is a copy of the rows.
 *
 * @param duckdb the table's full name, quoted
 */
export async function renewTable(
  connection: EngineConnection,
  table: TableEntry,
  duckdb: string,
  temporary: boolean,
): Promise<void> {
  const described = await connection.rows(`SELECT * FROM (DESCRIBE ${duckdb})`);
  const columns = described.map((column) => {
    const value = typeof column.default === 'string' ? ` DEFAULT (${column.default})` : '';
    return `${quoteIdentifier(String(column.column_name))} ${String(column.column_type)}${value}${column.null === 'NO' ? ' NOT NULL' : ''}`;
  });
  const name = quoteIdentifier(physicalName(table));
  const renewed = quoteIdentifier(`${physicalName(table)}~renewed`);
  const beside = `${duckdb.slice(0, -name.length)}${renewed}`;
  await connection.run(`CREATE ${temporary ? 'TEMP ' : ''}TABLE ${beside} (${columns.join(', ')})`);
  await connection.run(`INSERT INTO ${beside} SELECT * FROM ${duckdb}`);
  await connection.run(`DROP TABLE ${duckdb}`);
  await connection.run(`ALTER TABLE ${beside} RENAME TO ${name}`);
}
