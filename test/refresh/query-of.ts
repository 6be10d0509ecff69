import type { Query } from '../../sql-dialect/ast/query.js';
import { parseStatements } from '../../sql-dialect/parse.js';

/** The tree of a SELECT. */
export function queryOf(text: string): Query {
  const node = parseStatements(text)[0]?.node;
  if (node?.kind !== 'select_statement') throw new Error(`not a query: ${text}`);
  return node.query;
}
