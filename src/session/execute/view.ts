import type { Relation } from '../../../sql-dialect/catalog.js';
import { quoteIdentifier } from '../../../sql-dialect/duckdb/quote.js';
import type { CreateViewPlan, OutputColumn, QueryPlan } from '../../../sql-dialect/plan.js';
import { displayType } from '../../../sql-dialect/types/type-table.js';
import { DuckshiftError } from '../../base/errors.js';
import type { CatalogSnapshot, RelationEntry, ViewEntry } from '../../catalog/contract.js';
import { withDependents } from '../../catalog/dependencies.js';
import { freeName, physicalName, physicalRelation, takenNames, viewColumnNames } from '../../catalog/physical.js';
import type { StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { newRelationName, queryNameTaken } from './names.js';
import { repeatedColumn } from './table-columns.js';

/** CREATE [OR REPLACE] VIEW, plain and late-binding. */
export const createView: StatementExecutor<CreateViewPlan> = {
  async execute({ session, signal, parameters }, plan) {
    refuseParameters(parameters);
    const { schema, name } = newRelationName(session, plan.name, session.transaction.snapshot);
    await session.transaction.change([{ schema, name }], signal, async (catalog) => {
      const existing = catalog.snapshot.relation(schema, name);
      if (existing !== undefined) checkReplaceable(existing, plan);
      const { compiled } = plan.query;
      const columns = compiled === undefined ? [] : namedColumns(compiled.columns, plan.columnNames);
      const dependsOn = compiled === undefined ? [] : relationOids(catalog.snapshot, compiled.reads, 'view');
      const before = existing?.kind === 'view' || existing?.kind === 'late_binding_view' ? existing : undefined;
      if (before !== undefined && compiled !== undefined) {
        if (before.kind === 'view') checkSameColumns(before.columns, columns);
        checkNoCycle(catalog.snapshot, before, dependsOn);
      }
      const stored = before === undefined ? freeName(name, takenNames(catalog.snapshot, schema)) : physicalName(before);
      const entry: ViewEntry = {
        kind: plan.noSchemaBinding ? 'late_binding_view' : 'view',
        oid: before?.oid ?? catalog.nextOid(),
        schema,
        name,
        owner: before?.owner ?? session.user,
        text: plan.query.text,
        settings: session.definitionSettings,
        searchPath: session.settings.searchPath,
        columns,
        dependsOn,
        columnNames: plan.noSchemaBinding ? plan.columnNames : undefined,
        physicalName: stored === name ? undefined : stored,
        comment: before?.comment,
      };
      const full = physicalRelation(catalog.snapshot, entry);
      if (before?.kind === 'view') await session.connection.run(`DROP VIEW ${full}`);
      if (compiled !== undefined) await session.connection.run(`CREATE VIEW ${full} AS ${viewText(compiled, columns)}`);
      await catalog.put(entry);
    });
    return done('CREATE VIEW');
  },
};

/** A definition outlives the values of parameters: it can have none. */
export function refuseParameters(parameters: readonly unknown[]): void {
  if (parameters.length > 0) throw new DuckshiftError('42P02', 'there is no parameter $1');
}

/** Its columns by name, so that the view keeps its shape whatever is added below. */
function viewText(compiled: QueryPlan, columns: readonly OutputColumn[]): string {
  const names = viewColumnNames(columns).map(quoteIdentifier).join(', ');
  return `SELECT ${names} FROM (${compiled.duckdb}\n) AS view_query(${names})`;
}

/** Output columns under the names given in the statement; each name once. */
export function namedColumns(output: readonly OutputColumn[], names: readonly string[]): OutputColumn[] {
  if (names.length > output.length)
    throw new DuckshiftError('42601', 'CREATE VIEW specifies more column names than columns');
  const seen = new Set<string>();
  return output.map((column, index) => {
    const label = names[index] ?? column.label;
    if (seen.has(label)) throw repeatedColumn(label);
    seen.add(label);
    return { ...column, label };
  });
}

/**
 * The oids of the relations a definition reads. System views are always there; temporary tables end with their session,
 * so nothing that stays may read one.
 */
export function relationOids(snapshot: CatalogSnapshot, reads: readonly Relation[], what: string): number[] {
  const oids = new Set<number>();
  for (const relation of reads) {
    if (relation.temporary === true)
      throw new DuckshiftError('0A000', `a ${what} over temporary table "${relation.name}" is not supported`);
    if (relation.database !== snapshot.database) continue;
    const entry =
      relation.kind === 'stream' ? snapshot.schema(relation.schema) : snapshot.relation(relation.schema, relation.name);
    if (entry !== undefined && entry.kind !== 'late_binding_view') oids.add(entry.oid);
  }
  return [...oids];
}

function checkReplaceable(existing: RelationEntry, plan: CreateViewPlan): void {
  if (!plan.orReplace) throw queryNameTaken(existing.name);
  if (existing.kind === 'view' || existing.kind === 'late_binding_view') return;
  throw new DuckshiftError('42809', `"${existing.name}" is not a view`);
}

/** OR REPLACE keeps names and types ("CREATE VIEW"); texts: PostgreSQL 8. */
function checkSameColumns(before: readonly OutputColumn[], after: readonly OutputColumn[]): void {
  if (before.length !== after.length) throw new DuckshiftError('42P16', 'cannot change number of columns in view');
  before.forEach((column, index) => {
    const now = after[index];
    if (now === undefined) return;
    if (now.label !== column.label)
      throw new DuckshiftError('42P16', `cannot change name of view column "${column.label}"`);
    if (displayType(now.type) !== displayType(column.type))
      throw new DuckshiftError('42P16', `cannot change data type of view column "${column.label}"`);
  });
}

function checkNoCycle(snapshot: CatalogSnapshot, view: ViewEntry, dependsOn: readonly number[]): void {
  const above = new Set(withDependents(snapshot, [view]).map((entry) => entry.oid));
  if (dependsOn.some((oid) => above.has(oid)))
    throw new DuckshiftError('42P17', `infinite recursion detected in rules for relation "${view.name}"`);
}
