import type { Relation } from '../../sql-dialect/catalog.js';
import { quoteIdentifier } from '../../sql-dialect/duckdb/quote.js';
import { SqlError } from '../../sql-dialect/errors.js';
import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import { DuckshiftError } from '../base/errors.js';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import { backingTable, physicalSchema, qualified } from '../catalog/physical.js';
import { followedView, isAggregated, isAppendOnly } from '../catalog/view-contents.js';
import type { EngineConnection } from '../engine/contract.js';
import { streamSource } from '../streams/registry.js';
import { type AggregateDefinition, decomposeAggregate, partialRelation } from './aggregate-definition.js';
import {
  type BackingTable,
  createBackingTable,
  refreshColumn,
  refuseDuplicateColumns,
  storedType,
} from './backing-table.js';
import type { DefinitionCompiler, ParseQuery } from './compile-definition.js';
import type { DescribeFunction } from './definition-check.js';

/** A materialized view as it is stored. */
export interface StoredView extends BackingTable {
  /** Redshift text of the query whose rows a refresh adds to the table. */
  readonly text: string;
  /** Set when the table holds partial aggregates that the view adds up. */
  readonly aggregate: AggregateDefinition | undefined;
}

export interface StoredViewDeps {
  readonly definitions: DefinitionCompiler;
  readonly parseQuery: ParseQuery;
  readonly describeFunction: DescribeFunction;
}

export function storedView(parts: StoredViewDeps, snapshot: CatalogSnapshot, entry: MaterializedViewEntry): StoredView {
  const schema = physicalSchema(snapshot, entry.schema);
  const aggregate = isAggregated(entry) ? aggregateOf(parts, snapshot, entry) : undefined;
  const names =
    aggregate === undefined
      ? entry.columns.map((column) => column.label)
      : [...aggregate.keys, ...aggregate.partials.map(({ name }) => name)];
  return {
    table: qualified(snapshot.database, schema, backingTable(entry.name)),
    view: qualified(snapshot.database, schema, entry.name),
    columns: names.map(quoteIdentifier),
    numbered: isAppendOnly(entry),
    text: aggregate?.partialQuery ?? entry.text,
    aggregate,
  };
}

/**
 * DuckDB text that reads the rows a view gained after refresh `after`, to stand for the view in FROM. Only for a view
 * that `appends`.
 */
export function newRowsOf(
  parts: StoredViewDeps,
  snapshot: CatalogSnapshot,
  entry: MaterializedViewEntry,
  after: number,
): string {
  const { table, columns } = storedView(parts, snapshot, entry);
  return `(SELECT ${columns.join(', ')} FROM ${table} WHERE ${refreshColumn} > ${after})`;
}

/**
 * Make a view's table, empty, and its view, in the caller's transaction.
 *
 * @throws DuckshiftError 42701 for columns of the same name, 0A000 for types and aggregations that cannot be stored
 */
export async function createStoredView(
  connection: EngineConnection,
  parts: StoredViewDeps,
  snapshot: CatalogSnapshot,
  entry: MaterializedViewEntry,
  target: StoredView,
): Promise<void> {
  refuseDuplicateColumns(entry);
  if (target.aggregate === undefined) {
    const types = entry.columns.map((column) => column.type);
    await createBackingTable(connection, target, types, `SELECT ${target.columns.join(', ')} FROM ${target.table}`);
    return;
  }
  const { stored, shown } = compileAggregate(parts, snapshot, entry, target, target.aggregate);
  await createBackingTable(connection, target, stored, shown);
}

/** Types of the stored columns, and the DuckDB query that adds them up. */
function compileAggregate(
  parts: StoredViewDeps,
  snapshot: CatalogSnapshot,
  entry: MaterializedViewEntry,
  target: StoredView,
  aggregate: AggregateDefinition,
): { stored: readonly RedshiftType[]; shown: string } {
  try {
    const { columns } = parts.definitions.compile(entry, snapshot, {
      streams: { mode: 'definition' },
      text: target.text,
    });
    refuseBinaryKeys(columns.slice(0, aggregate.keys.length));
    const relation: Relation = {
      kind: 'table',
      database: snapshot.database,
      schema: entry.schema,
      name: partialRelation,
      duckdb: target.table,
      columns: columns.map(({ label, type }) => ({ name: label, type, notNull: false })),
    };
    const scales = new Map(
      columns.flatMap(({ label, type }) => (type.id === 'numeric' ? [[label, type.scale ?? 0] as const] : [])),
    );
    const text = aggregate.finalQuery(scales);
    const final = parts.definitions.compile(entry, snapshot, { text, extra: relation });
    return { stored: columns.map(({ type }) => type), shown: castColumns(final.duckdb, entry.columns) };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw new DuckshiftError(
      '0A000',
      `The aggregation of materialized view "${entry.name}" cannot be maintained: ${error.message}`,
      {
        hint: 'Store the records, and aggregate in a query or in a second materialized view over this one.',
        cause: error,
      },
    );
  }
}

/** AWS "Refreshing a materialized view": grouping by VARBYTE is not incremental. */
function refuseBinaryKeys(keys: readonly OutputColumn[]): void {
  if (keys.some(({ type }) => type.id === 'varbyte'))
    throw new DuckshiftError(
      '0A000',
      'GROUP BY on a VARBYTE column is not supported in a materialized view over a stream',
    );
}

function castColumns(query: string, columns: readonly OutputColumn[]): string {
  const names = columns.map((_column, index) => `c${index}`);
  const casts = columns.map(
    ({ label, type }, index) => `c${index}::${storedType(quoteIdentifier(label), type)} AS ${quoteIdentifier(label)}`,
  );
  return `SELECT ${casts.join(', ')} FROM (${query}\n) AS final(${names.join(', ')})`;
}

/** Definitions by entry: an entry never changes. */
const aggregates = new WeakMap<MaterializedViewEntry, AggregateDefinition>();

function aggregateOf(
  parts: StoredViewDeps,
  snapshot: CatalogSnapshot,
  entry: MaterializedViewEntry,
): AggregateDefinition {
  let aggregate = aggregates.get(entry);
  if (aggregate === undefined) {
    aggregate = decomposeAggregate(entry.text, parts.parseQuery(entry.text), {
      isAggregate: (name) => parts.describeFunction(name)?.aggregate === true,
      columns: sourceColumns(snapshot, entry),
    });
    aggregates.set(entry, aggregate);
  }
  return aggregate;
}

/** Names of the columns that an aggregating view's only source has. */
function sourceColumns(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): ReadonlySet<string> {
  const follows = followedView(entry);
  const parent = follows === undefined ? undefined : snapshot.byOid(follows);
  if (parent?.kind === 'materialized_view') return new Set(parent.columns.map(({ label }) => label));
  const source = entry.stream === undefined ? undefined : streamSource(entry.stream.source);
  return new Set(source?.columns.map(({ name }) => name));
}
