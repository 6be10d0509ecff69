import type { CatalogLookup, ObjectName, Relation, RelationColumn } from '../../sql-dialect/catalog.js';
import { quoteIdentifier } from '../../sql-dialect/duckdb/quote.js';
import { SqlError, SqlState } from '../../sql-dialect/errors.js';
import type {
  CatalogSnapshot,
  CreateLookup,
  LookupOptions,
  RelationEntry,
  TableColumn,
  TableEntry,
  ViewEntry,
} from './contract.js';
import {
  backingTable,
  physicalName,
  physicalRelation,
  physicalSchema,
  qualified,
  viewColumnNames,
} from './physical.js';
import { streamRelation } from './streams.js';
import { temporarySchema } from './temporary-tables.js';
import { isAggregated } from './view-contents.js';

/** Searched before the path when the path does not name it (PostgreSQL, "The System Catalog Schema"). */
const systemSchema = 'pg_catalog';

/** What names mean for one statement: a snapshot, seen from a session. */
export const createLookup: CreateLookup = (options) => new SnapshotLookup(options);

class SnapshotLookup implements CatalogLookup {
  readonly currentDatabase: string;
  readonly currentUser: string;
  readonly searchPath: readonly string[];

  constructor(private readonly options: LookupOptions) {
    this.currentDatabase = options.snapshot.database;
    this.currentUser = options.user;
    this.searchPath = effectiveSearchPath(options);
  }

  relation(name: ObjectName): Relation | undefined {
    if (name.schema !== undefined) return this.#qualified(name.database, name.schema, name.name);
    const { snapshot } = this.options;
    for (const schema of this.searchPath) {
      const found = this.#inSchema(snapshot, schema, name.name);
      if (found !== undefined) return found;
    }
    // Every name is a stream's name in a streaming schema, so these come last.
    for (const schema of this.searchPath) {
      const entry = snapshot.schema(schema);
      if (entry?.kind === 'external_schema')
        return streamRelation(snapshot.database, entry, name.name, this.options.streams);
    }
    return undefined;
  }

  hasSchema(database: string | undefined, schema: string): boolean {
    const snapshot = this.#database(database);
    if (snapshot === undefined) return false;
    return this.#isTemporary(schema) || this.#isSystem(schema) || snapshot.schema(schema) !== undefined;
  }

  #database(name: string | undefined): CatalogSnapshot | undefined {
    const { snapshot, otherDatabase } = this.options;
    return name === undefined || name === snapshot.database ? snapshot : otherDatabase?.(name);
  }

  #isSystem(schema: string): boolean {
    return this.options.system?.hasSchema(schema) === true;
  }

  #isTemporary(schema: string): boolean {
    return schema === temporarySchema || schema === this.options.temporarySchema;
  }

  #qualified(database: string | undefined, schema: string, name: string): Relation | undefined {
    const snapshot = this.#database(database);
    if (snapshot === undefined) throw new SqlError(SqlState.undefinedDatabase, `database "${database}" does not exist`);
    const entry = snapshot.schema(schema);
    if (entry?.kind === 'external_schema') return streamRelation(snapshot.database, entry, name, this.options.streams);
    if (entry === undefined && !this.#isTemporary(schema) && !this.#isSystem(schema))
      throw new SqlError(SqlState.undefinedSchema, `schema "${schema}" does not exist`);
    return this.#inSchema(snapshot, schema, name);
  }

  #inSchema(snapshot: CatalogSnapshot, schema: string, name: string): Relation | undefined {
    if (this.#isTemporary(schema)) {
      const table = this.options.temporary?.get(name);
      return table === undefined ? undefined : temporaryRelation(snapshot.database, table);
    }
    if (this.#isSystem(schema)) return this.options.system?.relation(snapshot.database, schema, name);
    const entry = snapshot.relation(schema, name);
    if (entry === undefined) return undefined;
    const relation = entryRelation(snapshot, entry);
    return this.options.forDelete === true ? deletable(snapshot, entry, relation) : relation;
  }
}

function effectiveSearchPath(options: LookupOptions): string[] {
  const path = options.searchPath
    .map((schema) => (schema === '$user' ? options.user : schema))
    .filter((schema) => options.system?.hasSchema(schema) === true || options.snapshot.schema(schema) !== undefined);
  if (!path.includes(systemSchema)) path.unshift(systemSchema);
  if (!path.includes(temporarySchema)) path.unshift(temporarySchema);
  return path;
}

/** Relations made from entries; an entry is immutable and belongs to one database, but its schema may be renamed. */
const relations = new WeakMap<RelationEntry, Relation>();

/** A catalog entry as the binder sees it. */
export function entryRelation(snapshot: CatalogSnapshot, entry: RelationEntry): Relation {
  const known = relations.get(entry);
  if (known !== undefined) return known;
  const relation: Relation = {
    kind: entry.kind,
    database: snapshot.database,
    schema: entry.schema,
    name: entry.name,
    duckdb: physicalRelation(snapshot, entry),
    columns: relationColumns(entry),
    query: entry.kind === 'late_binding_view' ? lateBindingQuery(entry) : undefined,
  };
  relations.set(entry, relation);
  return relation;
}

/**
 * Rows can be deleted from a streaming materialized view: from the table behind it, which has the same columns unless
 * the view aggregates.
 */
function deletable(snapshot: CatalogSnapshot, entry: RelationEntry, relation: Relation): Relation {
  if (entry.kind !== 'materialized_view' || entry.stream === undefined || isAggregated(entry)) return relation;
  const schema = physicalSchema(snapshot, entry.schema);
  return { ...relation, duckdb: qualified(snapshot.database, schema, backingTable(entry.name)) };
}

function relationColumns(entry: RelationEntry): RelationColumn[] | undefined {
  switch (entry.kind) {
    case 'table':
      return entry.columns.map(tableColumn);
    case 'late_binding_view':
      return undefined;
    case 'materialized_view':
      return entry.columns.map((column) => ({ name: column.label, type: column.type, notNull: false }));
    case 'view': {
      const names = viewColumnNames(entry.columns);
      return entry.columns.map((column, index) => ({
        name: column.label,
        type: column.type,
        notNull: false,
        duckdb: names[index] === column.label ? undefined : names[index],
      }));
    }
  }
}

/** The Redshift text of a late-binding view's query. */
function lateBindingQuery(entry: ViewEntry): string {
  if (entry.columnNames === undefined || entry.columnNames.length === 0) return entry.text;
  return `SELECT * FROM (${entry.text}\n) AS late_binding_view(${entry.columnNames.map(quoteIdentifier).join(', ')})`;
}

/** A temporary table as the binder sees it. */
export function temporaryRelation(database: string, entry: TableEntry): Relation {
  return {
    kind: 'table',
    database,
    schema: temporarySchema,
    name: entry.name,
    duckdb: temporaryTable(entry),
    columns: entry.columns.map(tableColumn),
    temporary: true,
  };
}

/** DuckDB's full name of a temporary table. */
export function temporaryTable(entry: TableEntry): string {
  return qualified('temp', 'main', physicalName(entry));
}

function tableColumn(column: TableColumn): RelationColumn {
  return {
    name: column.name,
    type: column.type,
    notNull: column.notNull,
    duckdb: column.duckdb,
    hasDefault: column.defaultDuckdb !== undefined || column.identity !== undefined,
    // GENERATED BY DEFAULT takes values that are given.
    identity: column.identity !== undefined && !column.identity.byDefault,
  };
}
