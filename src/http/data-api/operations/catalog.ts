import type { RedshiftType } from '../../../../sql-dialect/types/redshift-type.js';
import { type TypeEntry, typeEntries } from '../../../../sql-dialect/types/type-table.js';
import { systemSchemaNames } from '../../../catalog/system/system-schemas.js';
import type { TextValue } from '../../../session/text-rows.js';
import type { JsonAnswer } from '../../aws/json-protocol.js';
import { type CatalogQuery, withCatalog } from '../catalog-query.js';
import { type TableColumn, tableColumnMetadata } from '../column-metadata.js';
import type { describeTable, InputOf, listDatabases, listSchemas, listTables } from '../inputs.js';
import { pageOf } from '../page-token.js';
import { type Connection, targetOf } from '../target.js';
import type { DataApiDeps } from './parts.js';

const defaultPage = 1000;

interface PagedInput extends Connection {
  readonly ConnectedDatabase?: string | undefined;
  readonly MaxResults: number | undefined;
  readonly NextToken: string | undefined;
}

/** ListDatabases. */
export async function databases(parts: DataApiDeps, input: InputOf<typeof listDatabases>): Promise<JsonAnswer> {
  const { items, nextToken } = await listed(parts, input, async (query) =>
    (await query('SELECT database_name FROM svv_redshift_databases ORDER BY 1')).map(([name]) => name),
  );
  return { Databases: items, NextToken: nextToken };
}

/** ListSchemas. */
export async function schemas(parts: DataApiDeps, input: InputOf<typeof listSchemas>): Promise<JsonAnswer> {
  const { items, nextToken } = await listed(parts, input, async (query) =>
    (
      await query('SELECT schema_name FROM svv_all_schemas WHERE schema_name LIKE $1 ORDER BY 1', [
        input.SchemaPattern ?? '%',
      ])
    ).map(([name]) => name),
  );
  return { Schemas: items, NextToken: nextToken };
}

/** ListTables: tables and views, those of the system too. */
export async function tables(parts: DataApiDeps, input: InputOf<typeof listTables>): Promise<JsonAnswer> {
  const sql =
    'SELECT table_schema, table_name, table_type FROM svv_tables WHERE table_schema LIKE $1 AND table_name LIKE $2 ORDER BY 1, 2';
  const { items, nextToken } = await listed(parts, input, async (query) =>
    (await query(sql, [input.SchemaPattern ?? '%', input.TablePattern ?? '%'])).map(([schema, name, type]) => ({
      name,
      schema,
      type: tableType(schema ?? '', type ?? ''),
    })),
  );
  return { Tables: items, NextToken: nextToken };
}

/** DescribeTable: the columns of a table, or of all tables that match. MaxResults counts tables. */
export async function columns(parts: DataApiDeps, input: InputOf<typeof describeTable>): Promise<JsonAnswer> {
  const { items, nextToken } = await listed(parts, input, async (query) => byTable(await tableColumns(query, input)));
  return {
    TableName: input.Table ?? '',
    ColumnList: items.flat().map(tableColumnMetadata),
    NextToken: nextToken,
  };
}

async function listed<T>(parts: DataApiDeps, input: PagedInput, ask: (query: CatalogQuery) => Promise<readonly T[]>) {
  const target = targetOf(input, parts.defaultUser);
  const all = await withCatalog(parts, target, input.ConnectedDatabase, ask);
  const subject = JSON.stringify({ ...input, NextToken: undefined, MaxResults: undefined });
  return pageOf(parts.tokens, subject, all, input.MaxResults || defaultPage, input.NextToken);
}

function tableType(schema: string, type: string): string {
  const kind = type === 'BASE TABLE' ? 'TABLE' : type;
  return systemSchemaNames.has(schema) ? `SYSTEM ${kind}` : kind;
}

/** The columns a JDBC driver reads about tables. */
const columnQuery =
  'SELECT n.nspname, c.relname, a.attname, t.typname, a.atttypmod, a.attnotnull, d.adsrc FROM pg_attribute a ' +
  'JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid ' +
  "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE a.attnum > 0 AND c.relkind <> 'i'";

async function tableColumns(
  query: CatalogQuery,
  input: InputOf<typeof describeTable>,
): Promise<readonly TableColumn[]> {
  const filters = [
    ['n.nspname', input.Schema],
    ['c.relname', input.Table],
  ] as const;
  const given = filters.flatMap(([column, value]) => (value === undefined ? [] : [{ column, value }]));
  const conditions = given.map(({ column }, index) => ` AND ${column} = $${index + 1}`).join('');
  const rows = await query(
    `${columnQuery}${conditions} ORDER BY n.nspname, c.relname, a.attnum`,
    given.map(({ value }) => value),
  );
  return rows.map(tableColumn);
}

const typesByName: ReadonlyMap<string, TypeEntry> = new Map(typeEntries().map((entry) => [entry.internalName, entry]));

function tableColumn(row: readonly TextValue[]): TableColumn {
  const [schema, table, name, typeName, modifier, notNull, defaultText] = row;
  return {
    schema: schema ?? '',
    table: table ?? '',
    name: name ?? '',
    type: typeOf(typesByName.get(typeName ?? ''), Number(modifier ?? -1)),
    nullable: notNull !== 't',
    defaultText: defaultText ?? null,
  };
}

/** `atttypmod` taken apart, see `typeModifier`. */
function typeOf(entry: TypeEntry | undefined, modifier: number): RedshiftType {
  if (entry === undefined) return { id: 'unknown' };
  const { id } = entry;
  if (modifier < 4) return { id };
  const value = modifier - 4;
  if (entry.modifier === 'length') return { id, length: value };
  return entry.modifier === 'precision scale' ? { id, precision: value >> 16, scale: value & 0xffff } : { id };
}

/** Columns grouped by table, in the order of tables. */
function byTable(all: readonly TableColumn[]): readonly (readonly TableColumn[])[] {
  const groups = new Map<string, TableColumn[]>();
  for (const column of all) {
    const key = `${column.schema}\u0000${column.table}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [column]);
    else group.push(column);
  }
  return [...groups.values()];
}
