import type { CatalogLookup, DialectSettings, Relation } from '../../sql-dialect/catalog.js';
import type { ColumnDefinition, OutputColumn, TableAttributes, TableConstraint } from '../../sql-dialect/plan.js';
import type { EngineConnection } from '../engine/contract.js';

/** Objects of one Redshift database. All names are folded. Entries are immutable; a change makes a new entry. */
export interface SchemaEntry {
  readonly kind: 'schema';
  readonly oid: number;
  readonly name: string;
  readonly owner: string;
  /** Name of the DuckDB schema when it differs from `name` (after ALTER SCHEMA … RENAME). */
  readonly physicalName?: string | undefined;
  readonly comment?: string | undefined;
}
/** A schema bound to a streaming provider or an external catalog. */
export interface ExternalSchemaEntry {
  readonly kind: 'external_schema';
  readonly oid: number;
  readonly name: string;
  readonly owner: string;
  readonly source: string;
  readonly region: string | undefined;
  readonly iamRole: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly comment?: string | undefined;
}
/** A table's column. DuckDB's names are case-insensitive and survive RENAME COLUMN, so the stored one may differ. */
export interface TableColumn extends ColumnDefinition {
  readonly duckdb?: string | undefined;
  readonly comment?: string | undefined;
}
export interface TableEntry {
  readonly kind: 'table';
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  readonly columns: readonly TableColumn[];
  readonly constraints: readonly TableConstraint[];
  readonly attributes: TableAttributes;
  readonly createdMillis: number;
  /**
   * Name of the DuckDB table when it differs from `name`: views keep reading a table that was renamed, as in
   * PostgreSQL.
   */
  readonly physicalName?: string | undefined;
  readonly comment?: string | undefined;
}
export interface ViewEntry {
  readonly kind: 'view' | 'late_binding_view';
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  /** Redshift text of the query. */
  readonly text: string;
  /** Settings in force at creation that change what the text means. */
  readonly settings: DialectSettings;
  readonly searchPath: readonly string[];
  readonly columns: readonly OutputColumn[];
  /** Relations read, as `schema.name` oids, for RESTRICT and CASCADE. */
  readonly dependsOn: readonly number[];
  /** For a late-binding view: the column names that CREATE VIEW gave it. Its `columns` are unknown, so empty. */
  readonly columnNames?: readonly string[] | undefined;
  /** COMMENT ON COLUMN, by the column's name. */
  readonly columnComments?: Readonly<Record<string, string>> | undefined;
  readonly physicalName?: string | undefined;
  readonly comment?: string | undefined;
}
/** A stream as a definition names it. */
export interface StreamReference {
  /** The kind of source, a word of `CREATE EXTERNAL SCHEMA … FROM`. */
  readonly source: string;
  readonly externalSchema: string;
  readonly streamName: string;
}

/**
 * What the table behind a materialized view holds, and what a refresh does with it (AWS "Refreshing a materialized
 * view").
 */
export type ViewContents =
  /**
   * Rows, each with the number of the refresh that added it. Refreshes only add rows: views over this one can read what
   * is new.
   */
  | { readonly type: 'rows'; readonly follows?: number | undefined }
  /** Partial aggregates, which the view adds up: the table's columns are not the view's. */
  | { readonly type: 'partial aggregates'; readonly follows?: number | undefined }
  /** The result of the query, computed again by each refresh. Redshift would refresh it incrementally. */
  | { readonly type: 'result'; readonly maintenance: 'incremental' }
  /**
   * The same where Redshift computes it again too. Mutable: it calls a function whose result changes by itself, so it
   * is always stale.
   */
  | { readonly type: 'result'; readonly maintenance: 'recompute'; readonly mutable: boolean };

export interface MaterializedViewEntry {
  readonly kind: 'materialized_view';
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  readonly text: string;
  readonly settings: DialectSettings;
  readonly searchPath: readonly string[];
  readonly columns: readonly OutputColumn[];
  readonly attributes: TableAttributes;
  readonly autoRefresh: boolean;
  readonly dependsOn: readonly number[];
  /** Set when the view reads a stream. */
  readonly stream: StreamReference | undefined;
  readonly contents: ViewContents;
  /**
   * Why it cannot be refreshed any more (SVV_MV_INFO.state): a base table's column was dropped, changed type, a table,
   * a column, a schema was renamed.
   */
  readonly unrefreshable?: 101 | 102 | 103 | 104 | 105 | undefined;
  /** COMMENT ON COLUMN, by the column's name. */
  readonly columnComments?: Readonly<Record<string, string>> | undefined;
  readonly createdMillis: number;
  readonly comment?: string | undefined;
}
export type CatalogEntry = SchemaEntry | ExternalSchemaEntry | TableEntry | ViewEntry | MaterializedViewEntry;
export type RelationEntry = TableEntry | ViewEntry | MaterializedViewEntry;

/** One database's objects at one moment. Immutable. */
export interface CatalogSnapshot {
  readonly database: string;
  schema(name: string): SchemaEntry | ExternalSchemaEntry | undefined;
  relation(schema: string, name: string): RelationEntry | undefined;
  byOid(oid: number): CatalogEntry | undefined;
  schemas(): readonly (SchemaEntry | ExternalSchemaEntry)[];
  relations(): readonly RelationEntry[];
  /** Relations that depend on the object, directly. */
  dependents(oid: number): readonly RelationEntry[];
}

export interface Catalog {
  /** The committed objects of a database; undefined when there is no such database. */
  snapshot(database: string): CatalogSnapshot | undefined;
  databases(): readonly string[];
  /**
   * Start changing a database's catalog inside the caller's DuckDB transaction on `connection`. `base`: what the
   * transaction saw when its DuckDB snapshot was taken, when that was before now.
   */
  begin(database: string, connection: EngineConnection, base?: CatalogSnapshot): CatalogTransaction;
  /** Fires after a commit that changed something. */
  onCommit(listener: (database: string) => void): () => void;
}

/**
 * Catalog changes of one open transaction: visible to it at once, to others after `publish`, written to the database's
 * own file as they are made.
 */
export interface CatalogTransaction {
  readonly snapshot: CatalogSnapshot;
  readonly changed: boolean;
  nextOid(): number;
  /**
   * Reserve names (`undefined` name: the schema itself) against other transactions until `publish` or `discard`,
   * waiting for those that
   * hold them. `put` and `remove` reserve what they touch.
   *
   * @throws DuckshiftError 40P01 for a deadlock, 57014 when `signal` fires while waiting.
   */
  claim(names: readonly CatalogName[], signal?: AbortSignal): Promise<void>;
  put(entry: CatalogEntry): Promise<void>;
  remove(entry: CatalogEntry): Promise<void>;
  /** After the DuckDB COMMIT succeeded. */
  publish(): void;
  /** After ROLLBACK. */
  discard(): void;
}

export interface CatalogName {
  readonly schema: string;
  readonly name: string | undefined;
}

/** How a lookup answers for a relation of a streaming schema. */
export type StreamMode =
  /** Anything but a materialized view's definition: 0A000. */
  | { readonly mode: 'refuse' }
  /** CREATE MATERIALIZED VIEW: any stream name is taken, columns as documented. */
  | { readonly mode: 'definition' }
  /** A refresh: the stream is this batch. */
  | { readonly mode: 'batch'; readonly batchId: number };

export interface LookupOptions {
  readonly snapshot: CatalogSnapshot;
  readonly searchPath: readonly string[];
  readonly user: string;
  readonly streams: StreamMode;
  /** The statement deletes rows: a streaming materialized view stands for the table behind it. */
  readonly forDelete?: boolean | undefined;
  /** Temporary tables of the session, by name. */
  readonly temporary?: ReadonlyMap<string, TableEntry> | undefined;
  /** What the catalogs call the schema of the session's temporary tables, beside `pg_temp`. */
  readonly temporarySchema?: string | undefined;
  /** Committed objects of another database, for three-part names. */
  readonly otherDatabase?: ((name: string) => CatalogSnapshot | undefined) | undefined;
  /** The server's own views; none when left out. */
  readonly system?: SystemRelations | undefined;
}
/** The registry of system views (`src/catalog/system`). */
export interface SystemRelations {
  /** The view `schema.name` as seen from `database`, or undefined. */
  relation(database: string, schema: string, name: string): Relation | undefined;
  hasSchema(schema: string): boolean;
}
export type CreateLookup = (options: LookupOptions) => CatalogLookup;
