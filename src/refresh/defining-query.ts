import type { Query } from '../../sql-dialect/ast/query.js';
import type { CatalogLookup, DialectSettings } from '../../sql-dialect/catalog.js';
import { compile, type ParsedStatement, parseStatements, type QueryPlan } from '../../sql-dialect/index.js';
import { DuckshiftError } from '../base/errors.js';

/** Bind and rewrite the stored text of a view's query. @throws SqlError */
export function compileQueryText(text: string, catalog: CatalogLookup, settings: DialectSettings): QueryPlan {
  const plan = compile(singleStatement(text), { catalog, settings });
  if (plan.kind === 'select' && 'duckdb' in plan && typeof plan.duckdb === 'string') return plan as QueryPlan;
  throw notAQuery();
}

/** The tree of the stored text of a view's query. @throws SqlError */
export function parseQueryText(text: string): Query {
  const { node } = singleStatement(text);
  if (node.kind === 'select_statement') return node.query;
  throw notAQuery();
}

function singleStatement(text: string): ParsedStatement {
  const [statement, ...rest] = parseStatements(text);
  if (statement === undefined || rest.length > 0) throw notAQuery();
  return statement;
}

function notAQuery(): DuckshiftError {
  return new DuckshiftError('42601', 'the definition of a view must be one query');
}
