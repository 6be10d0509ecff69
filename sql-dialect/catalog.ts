import type { RedshiftType } from './types/redshift-type.js';

/**
 * What the binder asks of the catalog. The server implements it over a snapshot (`src/catalog`); `duckshift translate`
 * over nothing at all. All names given and returned are already folded.
 */
export interface CatalogLookup {
  readonly currentDatabase: string;
  readonly currentUser: string;
  /** Schemas in the order they are searched for an unqualified name, temporary schema first. */
  readonly searchPath: readonly string[];
  /**
   * The relation an unqualified, schema-qualified or three-part name means, or undefined when there is none. The lookup
   * applies the search path itself.
   *
   * @throws SqlError 3F000 / 3D000 for a schema or database that does not exist, and any error that names what is wrong
   * with an existing but unusable relation (a stream outside a definition, a missing stream).
   */
  relation(name: ObjectName): Relation | undefined;
  /** For "does not exist" ladders: true when the schema exists. */
  hasSchema(database: string | undefined, schema: string): boolean;
  /**
   * Names are taken as they come: a column that nothing in FROM could hold is no error. For `translate` without a
   * catalog.
   */
  readonly permissive?: boolean | undefined;
}

/** A folded name of one to three parts. */
export interface ObjectName {
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly name: string;
}

export type RelationKind =
  | 'table'
  | 'view'
  | 'late_binding_view'
  | 'materialized_view'
  | 'stream'
  | 'system_view'
  | 'unknown';

export interface Relation {
  readonly kind: RelationKind;
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  /**
   * DuckDB text to put in FROM: a quoted, fully qualified name, or a table function call such as `duckshift_batch(7)`.
   */
  readonly duckdb: string;
  /**
   * Undefined when the columns are not known (`translate` without a catalog): any column name is then taken as it
   * comes.
   */
  readonly columns: readonly RelationColumn[] | undefined;
  /** For a late-binding view: its Redshift query text, to be expanded in place. */
  readonly query?: string | undefined;
  /** Names that columns had in earlier releases, folded, and what they are called now: for the hint of an error. */
  readonly formerColumns?: ReadonlyMap<string, string> | undefined;
  readonly temporary?: boolean | undefined;
}

export interface RelationColumn {
  readonly name: string;
  readonly type: RedshiftType;
  readonly notNull: boolean;
  /** DuckDB column name when it differs from `name`. */
  readonly duckdb?: string | undefined;
  /**
   * For a stream's payload: the DuckDB column (BOOLEAN) that holds the reader's verdict whether it is strict JSON, so
   * that CAN_JSON_PARSE of it costs nothing.
   */
  readonly jsonVerdict?: string | undefined;
  /** Default as Redshift SQL text, or an identity; used by INSERT … DEFAULT and by DDL. */
  readonly hasDefault?: boolean | undefined;
  readonly identity?: boolean | undefined;
}

/**
 * Session settings that change what a statement means. Names and defaults: "Configuration reference", AWS developer
 * guide.
 */
export interface DialectSettings {
  readonly enableCaseSensitiveIdentifier: boolean;
  readonly enableCaseSensitiveSuperAttribute: boolean;
  readonly navigateSuperNullOnError: boolean;
  readonly castSuperNullOnError: boolean;
  readonly parseSuperNullOnError: boolean;
  /**
   * `json_parse_dedup_attributes`, off by default: JSON_PARSE keeps the last of equal attribute names instead of
   * failing.
   */
  readonly jsonParseDedupAttributes?: boolean | undefined;
  readonly describeFieldNameInUppercase: boolean;
}

export const defaultDialectSettings: DialectSettings = {
  enableCaseSensitiveIdentifier: false,
  enableCaseSensitiveSuperAttribute: false,
  navigateSuperNullOnError: true,
  castSuperNullOnError: true,
  parseSuperNullOnError: false,
  describeFieldNameInUppercase: false,
};
