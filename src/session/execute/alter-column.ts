import { quoteIdentifier } from '../../../sql-dialect/duckdb/quote.js';
import type { ColumnDefinition } from '../../../sql-dialect/plan.js';
import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';
import { displayType } from '../../../sql-dialect/types/type-table.js';
import { DuckshiftError } from '../../base/errors.js';
import type { TableColumn, TableEntry } from '../../catalog/contract.js';
import { sortKeyPosition } from '../../catalog/describe-columns.js';
import { relationWord } from '../../catalog/objects/kinds.js';
import { freeName, physicalColumn, physicalRelation } from '../../catalog/physical.js';
import type { Alteration } from './alteration.js';
import { dropRelation } from './drop.js';
import { columnType } from './table-columns.js';

/** ADD COLUMN ("ALTER TABLE"). */
export async function addColumn(alteration: Alteration, column: ColumnDefinition): Promise<TableEntry> {
  const { table, duckdb, session } = alteration;
  refuseTaken(table, column.name);
  const taken = new Set(table.columns.map((existing) => physicalColumn(existing).toLowerCase()));
  const stored = freeName(column.name, taken);
  const value = column.defaultDuckdb === undefined ? '' : ` DEFAULT (${column.defaultDuckdb})`;
  await session.connection.run(
    `ALTER TABLE ${duckdb} ADD COLUMN ${quoteIdentifier(stored)} ${columnType(column)}${value}`,
  );
  if (column.notNull)
    await session.connection.run(`ALTER TABLE ${duckdb} ALTER COLUMN ${quoteIdentifier(stored)} SET NOT NULL`);
  return { ...table, columns: [...table.columns, { ...column, duckdb: stored === column.name ? undefined : stored }] };
}

/** DROP COLUMN. Views that use the column fall with CASCADE; materialized views have their rows and stay. */
export async function dropColumn(alteration: Alteration, name: string, cascade: boolean): Promise<TableEntry> {
  const { table, duckdb, session } = alteration;
  const { column, index } = requireColumn(table, name);
  if (column.distKey || table.attributes.distKey === name)
    throw new DuckshiftError('0A000', `cannot drop distkey column "${name}"`);
  if (sortKeyPosition(table, name, index) > 0)
    throw new DuckshiftError('0A000', `cannot drop sortkey column "${name}"`);
  if (table.columns.length === 1)
    throw new DuckshiftError('0A000', `cannot drop the only column "${name}" of table "${table.name}"`);
  await session.connection.run(`ALTER TABLE ${duckdb} DROP COLUMN ${quoteIdentifier(physicalColumn(column))}`);
  const constraints = table.constraints.filter((constraint) => !constraint.columns.includes(name));
  await dropUsers(alteration, name, cascade);
  return { ...table, constraints, columns: table.columns.filter((other) => other !== column) };
}

/** A view uses the column when DuckDB cannot bind it any more. */
async function dropUsers(
  { table, session, catalog, context }: Alteration,
  column: string,
  cascade: boolean,
): Promise<void> {
  for (const view of catalog.snapshot.dependents(table.oid)) {
    if (view.kind !== 'view') continue;
    const full = physicalRelation(catalog.snapshot, view);
    const usable = await session.connection.rows(`DESCRIBE SELECT * FROM ${full}`).then(
      () => true,
      () => false,
    );
    if (usable) continue;
    if (!cascade) {
      throw new DuckshiftError(
        '2BP01',
        `cannot drop table ${table.name} column ${column} because other objects depend on it`,
        {
          detail: `${relationWord(view.kind)} ${view.name} depends on table ${table.name} column ${column}`,
          hint: 'Use DROP ... CASCADE to drop the dependent objects too.',
        },
      );
    }
    session.notice({ severity: 'NOTICE', code: '00000', message: `drop cascades to view ${view.name}` });
    await dropRelation(session, catalog, view, context.signal);
  }
}

/** RENAME COLUMN. DuckDB's column keeps its name while views read it. */
export async function renameColumn(alteration: Alteration, from: string, to: string): Promise<TableEntry> {
  const { table, duckdb, session, catalog } = alteration;
  const { column, index } = requireColumn(table, from);
  refuseTaken(table, to);
  const stored = physicalColumn(column);
  const others = new Set(
    table.columns.filter((other) => other !== column).map((other) => physicalColumn(other).toLowerCase()),
  );
  const free = catalog.snapshot.dependents(table.oid).length === 0 && freeName(to, others) === to;
  if (free)
    await session.connection.run(
      `ALTER TABLE ${duckdb} RENAME COLUMN ${quoteIdentifier(stored)} TO ${quoteIdentifier(to)}`,
    );
  const renamed: TableColumn = { ...column, name: to, duckdb: free || stored === to ? undefined : stored };
  const rename = <T>(key: T): T | string => (key === from ? to : key);
  const { attributes } = table;
  return {
    ...table,
    columns: table.columns.with(index, renamed),
    constraints: table.constraints.map((constraint) => ({ ...constraint, columns: constraint.columns.map(rename) })),
    attributes: { ...attributes, distKey: rename(attributes.distKey), sortKey: attributes.sortKey.map(rename) },
  };
}

/** ALTER COLUMN … TYPE: only the length of a VARCHAR, and not below what the rows hold ("ALTER TABLE"). */
export async function alterColumnType(alteration: Alteration, name: string, type: RedshiftType): Promise<TableEntry> {
  const { table, duckdb, session } = alteration;
  const { column, index } = requireColumn(table, name);
  if (column.type.id !== 'varchar' || type.id !== 'varchar') {
    throw new DuckshiftError(
      '0A000',
      `altering column "${name}" from ${displayType(column.type)} to ${displayType(type)} is not supported`,
      { hint: 'Only the size of VARCHAR columns can be altered.' },
    );
  }
  if (column.defaultText !== undefined)
    throw new DuckshiftError('0A000', `cannot alter type of column "${name}" with a default value`);
  const length = type.length ?? 256;
  if (length < (column.type.length ?? 256)) {
    const [row] = await session.connection.rows(
      `SELECT max(strlen(${quoteIdentifier(physicalColumn(column))})) AS longest FROM ${duckdb}`,
    );
    if (Number(row?.longest ?? 0) > length)
      throw new DuckshiftError('22001', `cannot reduce column "${name}" below the size of its values`, {
        detail: `The longest value has ${String(row?.longest)} bytes.`,
      });
  }
  return { ...table, columns: table.columns.with(index, { ...column, type: { id: 'varchar', length } }) };
}

/** ALTER COLUMN … ENCODE: recorded, without effect on DuckDB's own compression. */
export function alterColumnEncoding(table: TableEntry, name: string, encoding: string): TableEntry {
  const { column, index } = requireColumn(table, name);
  return { ...table, columns: table.columns.with(index, { ...column, encoding }) };
}

function requireColumn(table: TableEntry, name: string): { readonly column: TableColumn; readonly index: number } {
  const index = table.columns.findIndex((column) => column.name === name);
  const column = table.columns[index];
  if (column === undefined)
    throw new DuckshiftError('42703', `column "${name}" of relation "${table.name}" does not exist`);
  return { column, index };
}

function refuseTaken(table: TableEntry, name: string): void {
  if (table.columns.some((column) => column.name === name))
    throw new DuckshiftError('42701', `column "${name}" of relation "${table.name}" already exists`);
}
