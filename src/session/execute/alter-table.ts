import type { AlterTableAction, AlterTablePlan, TableAttributes } from '../../../sql-dialect/plan.js';
import { noAttributes } from '../../../sql-dialect/plans/attributes.js';
import { DuckshiftError } from '../../base/errors.js';
import type { CatalogTransaction, RelationEntry, TableEntry } from '../../catalog/contract.js';
import { temporaryTable } from '../../catalog/lookup.js';
import { physicalRelation } from '../../catalog/physical.js';
import type { BaseChange } from '../../refresh/contract.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { addColumn, alterColumnEncoding, alterColumnType, dropColumn, renameColumn } from './alter-column.js';
import type { Alteration } from './alteration.js';
import { appendFrom } from './append.js';
import { alreadyExists, requireTarget, type Target, wrongKind } from './names.js';
import { renewTable } from './renew-table.js';
import { namedKeys } from './table-columns.js';
import { noteChange } from './watched.js';

/** ALTER TABLE. RENAME TO and OWNER TO also work on views, as in PostgreSQL. */
export const alterTable: StatementExecutor<AlterTablePlan> = {
  async execute(context, { name, action }) {
    const { session, signal } = context;
    if (action.type === 'append') return appendFrom(context, name, action);
    if (action.type === 'alter_column_type' && session.transaction.isExplicit)
      throw new DuckshiftError('25001', 'ALTER TABLE ALTER COLUMN cannot run inside a transaction block');
    const { entry } = requireTarget(session, name, session.transaction.snapshot);
    const names = [{ schema: entry.schema, name: entry.name }];
    if (action.type === 'rename_table') names.push({ schema: entry.schema, name: action.to });
    await session.transaction.change(names, signal, async (catalog) => {
      const target = requireTarget(session, name, catalog.snapshot);
      if (action.type === 'rename_table') return rename(session, catalog, target, action.to);
      if (action.type === 'owner') return store(session, catalog, target, { ...target.entry, owner: action.owner });
      const { entry: table, temporary } = target;
      if (table.kind !== 'table') throw wrongKind(table, 'table', undefined);
      const duckdb = temporary ? temporaryTable(table) : physicalRelation(catalog.snapshot, table);
      if (changesColumns(action) && session.transaction.takeRowsReplaced(table.oid))
        await renewTable(session.connection, table, duckdb, temporary);
      const altered = await alter({ context, session, catalog, table, temporary, duckdb }, action);
      await store(session, catalog, target, altered);
      const change = baseChange(action);
      if (!temporary && change !== undefined) await noteChange(session, table, change, catalog);
    });
    return done('ALTER TABLE');
  },
};

/** What DuckDB refuses to commit after rows of the table were replaced in the same transaction. */
function changesColumns({ type }: AlterTableAction): boolean {
  return type === 'add_column' || type === 'drop_column';
}

/** What an alteration means for materialized views over the table (AWS "SYS_MV_STATE"). */
function baseChange(action: AlterTableAction): BaseChange | undefined {
  switch (action.type) {
    case 'drop_column':
      return 'column dropped';
    case 'rename_column':
      return 'column renamed';
    case 'alter_column_type':
      return 'column type';
    case 'attributes': {
      const { distStyle, distKey } = action.attributes;
      return distStyle === undefined && distKey === undefined ? 'sort key' : 'distribution';
    }
    default:
      return undefined;
  }
}

/** What changes a table in place; the others have functions of their own. */
type TableChange = Exclude<AlterTableAction, { readonly type: 'append' | 'rename_table' | 'owner' }>;

/** The table as it is after `action`; DuckDB's table is altered on the way where it has to be. */
async function alter(alteration: Alteration, action: TableChange): Promise<TableEntry> {
  const { table } = alteration;
  switch (action.type) {
    case 'add_column':
      return addColumn(alteration, action.column);
    case 'drop_column':
      return dropColumn(alteration, action.column, action.cascade);
    case 'rename_column':
      return renameColumn(alteration, action.from, action.to);
    case 'alter_column_type':
      return alterColumnType(alteration, action.column, action.dataType);
    case 'alter_column_encode':
      return alterColumnEncoding(table, action.column, action.encoding);
    case 'attributes':
      return withAttributes(table, action.attributes);
    case 'add_constraint':
      return { ...table, constraints: [...table.constraints, action.constraint] };
    case 'drop_constraint': {
      const constraints = table.constraints.filter((constraint) => constraint.name !== action.name);
      if (constraints.length === table.constraints.length)
        throw new DuckshiftError('42704', `constraint "${action.name}" does not exist`);
      return { ...table, constraints };
    }
  }
}

/** A new distribution or sort key takes the place of the one that columns were declared with. */
function withAttributes(table: TableEntry, given: TableAttributes): TableEntry {
  const changes = namedKeys(
    given,
    table.columns.map((column) => column.name),
  );
  const distributed = changes.distStyle !== undefined || changes.distKey !== undefined;
  const sorted = given.sortKey !== noAttributes.sortKey || changes.sortStyle !== undefined;
  const { attributes } = table;
  return {
    ...table,
    attributes: {
      ...attributes,
      ...(distributed ? { distStyle: changes.distStyle ?? 'key', distKey: changes.distKey } : {}),
      ...(sorted ? { sortKey: changes.sortKey, sortStyle: changes.sortStyle } : {}),
    },
    columns: table.columns.map((column) => ({
      ...column,
      distKey: column.distKey && !distributed,
      sortKey: column.sortKey && !sorted,
    })),
  };
}

/** DuckDB's table keeps its name, so that views over it keep reading it. */
async function rename(session: SessionContext, catalog: CatalogTransaction, target: Target, to: string): Promise<void> {
  const { entry, temporary } = target;
  if (entry.kind === 'materialized_view')
    throw new DuckshiftError('0A000', `renaming materialized view "${entry.name}" is not supported`);
  const taken = temporary
    ? session.transaction.temporary.has(to)
    : catalog.snapshot.relation(entry.schema, to) !== undefined;
  if (taken) throw alreadyExists(to);
  const physicalName = entry.physicalName ?? entry.name;
  await store(session, catalog, target, {
    ...entry,
    name: to,
    physicalName: physicalName === to ? undefined : physicalName,
  });
  if (!temporary) await noteChange(session, entry, 'table renamed', catalog);
}

async function store(
  session: SessionContext,
  catalog: CatalogTransaction,
  target: Target,
  entry: RelationEntry,
): Promise<void> {
  if (!target.temporary) return catalog.put(entry);
  if (entry.kind !== 'table') return;
  const tables = new Map(session.transaction.temporary);
  tables.delete(target.entry.name);
  session.transaction.temporary = tables.set(entry.name, entry);
}
