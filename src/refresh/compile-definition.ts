import type { Query } from '../../sql-dialect/ast/query.js';
import type { CatalogLookup, DialectSettings, Relation } from '../../sql-dialect/catalog.js';
import type { QueryPlan } from '../../sql-dialect/plan.js';
import type { CatalogSnapshot, CreateLookup, MaterializedViewEntry, StreamMode } from '../catalog/contract.js';

/** Binds and rewrites a query text. Throws SqlError. */
export type CompileQuery = (text: string, catalog: CatalogLookup, settings: DialectSettings) => QueryPlan;
/** The tree of a query text. */
export type ParseQuery = (text: string) => Query;

export interface DefinitionCompiler {
  /**
   * A view's query as DuckDB SQL, with its creator's settings and search path; or another query on its behalf, which may read `extra` by its bare name.
   *
   * @throws SqlError
   */
  compile(
    entry: MaterializedViewEntry,
    snapshot: CatalogSnapshot,
    streams: StreamMode,
    text?: string,
    extra?: Relation,
  ): QueryPlan;
}

export function definitionCompiler(compile: CompileQuery, createLookup: CreateLookup): DefinitionCompiler {
  return {
    compile: (entry, snapshot, streams, text = entry.text, extra = undefined) => {
      const lookup = createLookup({ snapshot, searchPath: entry.searchPath, user: entry.owner, streams });
      return compile(text, extra === undefined ? lookup : withRelation(lookup, extra), entry.settings);
    },
  };
}

function withRelation(lookup: CatalogLookup, extra: Relation): CatalogLookup {
  return {
    currentDatabase: lookup.currentDatabase,
    currentUser: lookup.currentUser,
    searchPath: lookup.searchPath,
    relation: (name) => (name.schema === undefined && name.name === extra.name ? extra : lookup.relation(name)),
    hasSchema: (database, schema) => lookup.hasSchema(database, schema),
  };
}
