import { quoteIdentifier, quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import type { OutputColumn, TableAttributes, TableConstraint } from '../../../sql-dialect/plan.js';
import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';
import { displayType, duckdbType, typeCategory } from '../../../sql-dialect/types/type-table.js';
import { DuckshiftError } from '../../base/errors.js';
import type { TableColumn } from '../../catalog/contract.js';
import { freeName, identitySequence, physicalColumn, qualified } from '../../catalog/physical.js';
import { hiddenSchema } from '../../engine/engine.js';

/** Most columns of a table ("CREATE TABLE"). */
const maximumColumns = 1600;

/** DuckDB type of a column. @throws 0A000 for a type the engine has none for. */
export function columnType(column: { readonly name: string; readonly type: RedshiftType }): string {
  const type = typeCategory(column.type) === 'array' ? undefined : duckdbType(column.type);
  if (type === undefined)
    throw new DuckshiftError('0A000', `type ${displayType(column.type)} (column "${column.name}") is not supported`);
  return type;
}

/**
 * Columns with DuckDB names that differ even where case is ignored, and with NOT NULL where a primary key or IDENTITY
 * implies it.
 *
 * @throws DuckshiftError 42701 for a repeated name, 54011 for too many columns.
 */
export function storedColumns(
  columns: readonly TableColumn[],
  constraints: readonly TableConstraint[] = [],
): TableColumn[] {
  if (columns.length > maximumColumns) throw new DuckshiftError('54011', 'tables can have at most 1600 columns');
  const names = new Set<string>();
  const taken = new Set<string>();
  const keys = new Set(constraints.filter(({ type }) => type === 'primary key').flatMap((key) => key.columns));
  return columns.map((column) => {
    if (names.has(column.name)) throw repeatedColumn(column.name);
    names.add(column.name);
    const stored = freeName(column.name, taken);
    taken.add(stored.toLowerCase());
    const notNull = column.notNull || column.primaryKey || keys.has(column.name) || column.identity !== undefined;
    return { ...column, notNull, duckdb: stored === column.name ? undefined : stored };
  });
}

export function repeatedColumn(name: string): DuckshiftError {
  return new DuckshiftError('42701', `column "${name}" specified more than once`);
}

/**
 * The columns of a table made from a query. Types that only expressions have become the column types Redshift gives
 * them.
 */
export function columnsOfQuery(output: readonly OutputColumn[], names: readonly string[]): TableColumn[] {
  if (names.length > output.length)
    throw new DuckshiftError('42601', 'CREATE TABLE AS specifies too many column names');
  return storedColumns(
    output.map(({ label, type }, index) => ({
      name: names[index] ?? label,
      type: storableType(type),
      notNull: false,
      defaultDuckdb: undefined,
      defaultText: undefined,
      identity: undefined,
      encoding: undefined,
      distKey: false,
      sortKey: false,
      primaryKey: false,
      unique: false,
    })),
  );
}

function storableType(type: RedshiftType): RedshiftType {
  switch (type.id) {
    case 'unknown':
    case 'text':
    case 'regclass':
    case 'regtype':
    case 'regproc':
      return { id: 'varchar', length: type.length ?? 256 };
    case 'name':
      return { id: 'varchar', length: 128 };
    case 'oid':
      return { id: 'int8' };
    case 'varchar':
      return { id: 'varchar', length: Math.min(Math.max(type.length ?? 65_535, 1), 65_535) };
    case 'interval':
      return { id: 'intervald2s' };
    default:
      return type;
  }
}

/** Where a table's IDENTITY sequences are: in the hidden schema, or with the temporary table. */
export function sequenceName(database: string, tableOid: number, ordinal: number, temporary: boolean): string {
  const name = identitySequence(tableOid, ordinal);
  return temporary ? qualified('temp', 'main', name) : qualified(database, hiddenSchema, name);
}

/** Statements that make the sequences of a table's IDENTITY columns. */
export function createSequences(
  database: string,
  tableOid: number,
  columns: readonly TableColumn[],
  temporary: boolean,
): string[] {
  return columns.flatMap(({ identity }, index) => {
    if (identity === undefined) return [];
    const { seed, step } = identity;
    if (step === 0) throw new DuckshiftError('42611', 'the step of an IDENTITY column must not be zero');
    const bounds = step > 0 ? `MINVALUE ${Math.min(seed, 1)}` : `MAXVALUE ${Math.max(seed, -1)}`;
    const name = temporary
      ? quoteIdentifier(identitySequence(tableOid, index + 1))
      : sequenceName(database, tableOid, index + 1, false);
    return [
      `CREATE ${temporary ? 'TEMPORARY ' : ''}SEQUENCE ${name} START WITH ${seed} INCREMENT BY ${step} ${bounds}`,
    ];
  });
}

/** A table's columns for DuckDB's CREATE TABLE. */
export function columnList(
  database: string,
  tableOid: number,
  columns: readonly TableColumn[],
  temporary: boolean,
): string {
  return columns
    .map((column, index) => {
      const value =
        column.identity === undefined
          ? column.defaultDuckdb
          : `nextval(${quoteLiteral(sequenceName(database, tableOid, index + 1, temporary))})`;
      const defaultClause = value === undefined ? '' : ` DEFAULT (${value})`;
      return `${quoteIdentifier(physicalColumn(column))} ${columnType(column)}${defaultClause}${column.notNull ? ' NOT NULL' : ''}`;
    })
    .join(', ');
}

/**
 * Table attributes whose keys are names of `columns`: a key may be written as a name or as the ordinal of a column.
 *
 * @throws DuckshiftError 42703 for a key that is not a column.
 */
export function namedKeys(attributes: TableAttributes, columns: readonly string[]): TableAttributes {
  const name = (key: string | number): string => {
    const column = typeof key === 'number' ? columns[key - 1] : columns.find((other) => other === key);
    if (column === undefined) throw new DuckshiftError('42703', `column "${key}" named in key does not exist`);
    return column;
  };
  const { distKey, sortKey } = attributes;
  return { ...attributes, distKey: distKey === undefined ? undefined : name(distKey), sortKey: sortKey.map(name) };
}
