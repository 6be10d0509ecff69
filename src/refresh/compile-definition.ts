import type { Query } from '../../sql-dialect/ast/query.js';
import type { CatalogLookup, DialectSettings } from '../../sql-dialect/catalog.js';
import type { QueryPlan } from '../../sql-dialect/plan.js';
import type { CatalogSnapshot, CreateLookup, MaterializedViewEntry, StreamMode } from '../catalog/contract.js';

/** Binds and rewrites a query text. Throws SqlError. */
export type CompileQuery = (text: string, catalog: CatalogLookup, settings: DialectSettings) => QueryPlan;
/** The tree of a query text. */
export type ParseQuery = (text: string) => Query;

export interface DefinitionCompiler {
  /** A view's query as DuckDB SQL, as its creator's settings and search path have it. */
  compile(entry: MaterializedViewEntry, snapshot: CatalogSnapshot, streams: StreamMode): QueryPlan;
}

export function definitionCompiler(compile: CompileQuery, createLookup: CreateLookup): DefinitionCompiler {
  return {
    compile: (entry, snapshot, streams) => {
      const lookup = createLookup({ snapshot, searchPath: entry.searchPath, user: entry.owner, streams });
      return compile(entry.text, lookup, entry.settings);
    },
  };
}
