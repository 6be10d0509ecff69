import type { Query } from '../../sql-dialect/ast/query.js';
import type { CatalogLookup, DialectSettings, Relation } from '../../sql-dialect/catalog.js';
import type { QueryPlan } from '../../sql-dialect/plan.js';
import type { CatalogSnapshot, CreateLookup, MaterializedViewEntry, StreamMode } from '../catalog/contract.js';

/** Binds and rewrites a query text. @throws SqlError. */
export type CompileQuery = (text: string, catalog: CatalogLookup, settings: DialectSettings) => QueryPlan;
/** The tree of a query text. */
export type ParseQuery = (text: string) => Query;

export interface CompileOptions {
  /** How a stream is read; refused when left out. */
  readonly streams?: StreamMode | undefined;
  /** Another query on the view's behalf, instead of its own. */
  readonly text?: string | undefined;
  /** A relation that the query may read by its bare name. */
  readonly extra?: Relation | undefined;
  /** Read this DuckDB text where the query reads the relation. */
  readonly instead?: { readonly of: MaterializedViewEntry; readonly duckdb: string } | undefined;
}

export interface DefinitionCompiler {
  /**
   * A view's query as DuckDB SQL, with its creator's settings and search path.
   *
   * @throws SqlError
   */
  compile(entry: MaterializedViewEntry, snapshot: CatalogSnapshot, options?: CompileOptions): QueryPlan;
}

const refuseStreams: StreamMode = { mode: 'refuse' };

export function definitionCompiler(compile: CompileQuery, createLookup: CreateLookup): DefinitionCompiler {
  return {
    compile: (entry, snapshot, { streams = refuseStreams, text = entry.text, extra, instead } = {}) => {
      let lookup = createLookup({ snapshot, searchPath: entry.searchPath, user: entry.owner, streams });
      if (extra !== undefined) lookup = withRelation(lookup, extra);
      if (instead !== undefined) lookup = withReplacement(lookup, instead.of, instead.duckdb);
      return compile(text, lookup, entry.settings);
    },
  };
}

function withRelation(lookup: CatalogLookup, extra: Relation): CatalogLookup {
  return withLookup(lookup, (name) =>
    name.schema === undefined && name.name === extra.name ? extra : lookup.relation(name),
  );
}

function withReplacement(
  lookup: CatalogLookup,
  { schema, name }: MaterializedViewEntry,
  duckdb: string,
): CatalogLookup {
  return withLookup(lookup, (wanted) => {
    const relation = lookup.relation(wanted);
    const meant = relation?.kind === 'materialized_view' && relation.schema === schema && relation.name === name;
    return meant ? { ...relation, duckdb } : relation;
  });
}

function withLookup(lookup: CatalogLookup, relation: CatalogLookup['relation']): CatalogLookup {
  return {
    currentDatabase: lookup.currentDatabase,
    currentUser: lookup.currentUser,
    searchPath: lookup.searchPath,
    relation,
    hasSchema: (database, schema) => lookup.hasSchema(database, schema),
  };
}
