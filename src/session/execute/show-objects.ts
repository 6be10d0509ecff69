import type { ObjectName } from '../../../sql-dialect/catalog.js';
import { quoteIdentifier, quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import type { OutputColumn, ShowObjectsPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import { definitionText } from '../../catalog/definition-text.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { serverRows, textColumns, withRows } from '../results.js';
import { noRelation, requireTarget } from './names.js';

/** SHOW of a list: a system view's columns, narrowed to a scope. */
interface ListForm {
  /** System view the rows come from. */
  readonly view: string;
  /** Its columns that are shown, in order ("SHOW TABLES" and its siblings). */
  readonly columns: readonly string[];
  /** Columns that the parts of the scope are compared with, outermost first; the first part may be left out. */
  readonly scope: readonly string[];
  /** Column that LIKE is about. */
  readonly like: string;
}

type What = ShowObjectsPlan['what'];
/** SHOW of one object: the statement that makes it. */
type Definition = 'table' | 'view';

const lists: Readonly<Record<Exclude<What, Definition>, ListForm>> = {
  databases: {
    view: 'svv_redshift_databases',
    columns: [
      'database_name',
      'database_owner',
      'database_type',
      'database_acl',
      'database_options',
      'database_isolation_level',
    ],
    scope: [],
    like: 'database_name',
  },
  schemas: {
    view: 'svv_all_schemas',
    columns: [
      'database_name',
      'schema_name',
      'schema_owner',
      'schema_type',
      'schema_acl',
      'source_database',
      'schema_option',
    ],
    scope: ['database_name'],
    like: 'schema_name',
  },
  tables: {
    view: 'svv_all_tables',
    columns: ['database_name', 'schema_name', 'table_name', 'table_type', 'table_acl', 'remarks'],
    scope: ['database_name', 'schema_name'],
    like: 'table_name',
  },
  columns: {
    view: 'svv_all_columns',
    columns: [
      'database_name',
      'schema_name',
      'table_name',
      'column_name',
      'ordinal_position',
      'column_default',
      'is_nullable',
      'data_type',
      'character_maximum_length',
      'numeric_precision',
      'numeric_scale',
      'remarks',
    ],
    scope: ['database_name', 'schema_name', 'table_name'],
    like: 'column_name',
  },
};

const definitionColumns: Readonly<Record<Definition, readonly OutputColumn[]>> = {
  table: textColumns('Show Table DDL statement'),
  view: textColumns('Show View DDL statement'),
};

/** SHOW DATABASES, SCHEMAS, TABLES, COLUMNS, TABLE, VIEW. */
export const showObjects: StatementExecutor<ShowObjectsPlan> = {
  columns: (session, { what }) => (isDefinition(what) ? definitionColumns[what] : listColumns(session, lists[what])),
  async execute({ session }, plan) {
    const { what } = plan;
    if (!isDefinition(what)) return showList(session, lists[what], plan);
    const name = objectName(plan.scope);
    const { entry } = requireTarget(session, name, session.transaction.snapshot);
    if ((entry.kind === 'table') !== (what === 'table')) throw noRelation(name);
    return serverRows('SHOW', definitionColumns[what], [[definitionText(entry)]]);
  },
};

function isDefinition(what: What): what is Definition {
  return what === 'table' || what === 'view';
}

async function showList(session: SessionContext, list: ListForm, plan: ShowObjectsPlan) {
  // The scope may leave out its outermost part, the database.
  const scope = plan.scope.length < list.scope.length ? [session.database, ...plan.scope] : plan.scope;
  const database = list.scope.length === 0 ? session.database : (scope[0] ?? session.database);
  const snapshot =
    database === session.database ? session.transaction.snapshot : session.services.catalog.snapshot(database);
  if (snapshot === undefined) throw new DuckshiftError('3D000', `database "${database}" does not exist`);
  const [, schema, table] = scope;
  const isSystem = schema !== undefined && session.services.system.hasSchema(schema);
  if (schema !== undefined && !isSystem && snapshot.schema(schema) === undefined)
    throw new DuckshiftError('3F000', `schema "${schema}" does not exist`);
  if (schema !== undefined && table !== undefined && !isSystem && snapshot.relation(schema, table) === undefined)
    throw noRelation({ database: undefined, schema, name: table });

  const conditions = scope.map(
    (value, index) => `${quoteIdentifier(list.scope[index] ?? '')} = ${quoteLiteral(value)}`,
  );
  if (plan.like !== undefined)
    conditions.push(`${quoteIdentifier(list.like)} LIKE ${quoteLiteral(plan.like)} ESCAPE '\\'`);
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const order = list.columns.includes('ordinal_position') ? 'table_name, ordinal_position' : list.like;
  const limit = plan.limit === undefined ? '' : ` LIMIT ${plan.limit}`;
  const relation = session.services.system.relation(database, 'pg_catalog', list.view);
  const names = list.columns.map(quoteIdentifier).join(', ');
  const duckdb = `SELECT ${names} FROM ${relation?.duckdb ?? ''} AS v${where} ORDER BY ${order}${limit}`;
  const columns = listColumns(session, list);
  await session.prepareVariables({ reads: [], duckdb });
  const rows = await session.transaction.read(() => session.connection.query(duckdb, columns));
  return withRows('SHOW', columns, rows);
}

function listColumns(session: SessionContext, list: ListForm): OutputColumn[] {
  const relation = session.services.system.relation(session.database, 'pg_catalog', list.view);
  const types = new Map(relation?.columns?.map((column) => [column.name, column.type]));
  return list.columns.map((label) => ({ label, type: types.get(label) ?? { id: 'text' } }));
}

function objectName(parts: readonly string[]): ObjectName {
  return { database: parts.at(-3), schema: parts.at(-2), name: parts.at(-1) ?? '' };
}
