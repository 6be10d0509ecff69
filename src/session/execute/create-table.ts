import { quoteIdentifier } from '../../../sql-dialect/duckdb/quote.js';
import type { ColumnDefinition, CreateTablePlan, TableConstraint } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import type { CatalogSnapshot, CatalogTransaction, TableColumn, TableEntry } from '../../catalog/contract.js';
import { temporaryTable } from '../../catalog/lookup.js';
import { freeName, physicalName, physicalRelation, takenNames } from '../../catalog/physical.js';
import { temporarySchema } from '../../catalog/temporary-tables.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { alreadyExists, newRelationName, requireTable, requireTarget } from './names.js';
import { columnList, createSequences, namedKeys, storedColumns } from './table-columns.js';

/** CREATE TABLE, permanent and temporary. Keys are recorded, never enforced. */
export const createTable: StatementExecutor<CreateTablePlan> = {
  async execute({ session, signal }, plan) {
    const { temporary } = plan;
    const { name, schema } = temporary
      ? { schema: temporarySchema, name: plan.name.name }
      : newRelationName(session, plan.name, session.transaction.snapshot);
    await session.transaction.change(temporary ? [] : [{ schema, name }], signal, async (catalog) => {
      if (isTaken(session, catalog.snapshot, schema, name)) {
        if (!plan.ifNotExists) throw alreadyExists(name);
        session.notice({
          severity: 'INFO',
          code: '42P07',
          message: `Relation "${name}" already exists and will be skipped`,
        });
        return;
      }
      const parent = plan.like === undefined ? undefined : likeParent(session, catalog.snapshot, plan.like);
      checkReferences(session, catalog.snapshot, plan);
      const columns = storedColumns(
        [...(parent === undefined ? [] : likeColumns(parent, plan.like?.includingDefaults === true)), ...plan.columns],
        plan.constraints,
      );
      checkKeys(columns, plan.constraints);
      await storeTable(session, catalog, {
        kind: 'table',
        oid: catalog.nextOid(),
        schema,
        name,
        owner: session.user,
        columns,
        constraints: plan.constraints,
        attributes: namedKeys(
          parent === undefined ? plan.attributes : { ...parent.attributes, backup: plan.attributes.backup },
          columns.map((column) => column.name),
        ),
        createdMillis: session.services.nowMillis(),
      });
    });
    return done('CREATE TABLE');
  },
};

/** True when a relation of that name is in the way. */
export function isTaken(session: SessionContext, snapshot: CatalogSnapshot, schema: string, name: string): boolean {
  return schema === temporarySchema
    ? session.transaction.temporary.has(name)
    : snapshot.relation(schema, name) !== undefined;
}

/** Make a table in the engine and in the catalog (or among the session's temporary tables). Gives its DuckDB name. */
export async function storeTable(
  session: SessionContext,
  catalog: CatalogTransaction,
  table: TableEntry,
): Promise<string> {
  const temporary = table.schema === temporarySchema;
  const taken = temporary
    ? new Set(Array.from(session.transaction.temporary.values(), (entry) => physicalName(entry).toLowerCase()))
    : takenNames(catalog.snapshot, table.schema);
  const stored = freeName(table.name, taken);
  const entry: TableEntry = stored === table.name ? table : { ...table, physicalName: stored };
  const list = columnList(session.database, entry.oid, entry.columns, temporary);
  for (const sequence of createSequences(session.database, entry.oid, entry.columns, temporary))
    await session.connection.run(sequence);
  const full = temporary ? temporaryTable(entry) : physicalRelation(catalog.snapshot, entry);
  const target = temporary ? `TEMPORARY TABLE ${quoteIdentifier(stored)}` : `TABLE ${full}`;
  await session.connection.run(`CREATE ${target} (${list})`);
  if (temporary) session.transaction.temporary = new Map(session.transaction.temporary).set(entry.name, entry);
  else await catalog.put(entry);
  return full;
}

function likeParent(
  session: SessionContext,
  snapshot: CatalogSnapshot,
  like: NonNullable<CreateTablePlan['like']>,
): TableEntry {
  return requireTable(requireTarget(session, like.table, snapshot));
}

/**
 * What LIKE takes over: names, types, NOT NULL, encodings and keys of distribution and order, but no constraints
 * ("CREATE TABLE", LIKE).
 */
function likeColumns(parent: TableEntry, includingDefaults: boolean): TableColumn[] {
  return parent.columns.map((column) => ({
    ...column,
    duckdb: undefined,
    comment: undefined,
    defaultDuckdb: includingDefaults ? column.defaultDuckdb : undefined,
    defaultText: includingDefaults ? column.defaultText : undefined,
    identity: undefined,
    primaryKey: false,
    unique: false,
  }));
}

function checkReferences(
  session: SessionContext,
  snapshot: CatalogSnapshot,
  { constraints, name }: CreateTablePlan,
): void {
  for (const { references } of constraints) {
    // A table may refer to itself.
    if (references === undefined || references.table.name === name.name) continue;
    const table = requireTable(requireTarget(session, references.table, snapshot));
    for (const column of references.columns)
      requireColumn(table.columns, column, ' referenced in foreign key constraint');
  }
}

function checkKeys(columns: readonly ColumnDefinition[], constraints: readonly TableConstraint[]): void {
  for (const constraint of constraints)
    for (const column of constraint.columns) requireColumn(columns, column, ' named in key');
}

function requireColumn(columns: readonly ColumnDefinition[], name: string, role: string): void {
  if (columns.some((column) => column.name === name)) return;
  throw new DuckshiftError('42703', `column "${name}"${role} does not exist`);
}
