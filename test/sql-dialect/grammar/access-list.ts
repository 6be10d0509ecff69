import type { Path } from '../../../sql-dialect/ast/expression.js';
import { childrenOf, type Identifier, type NodeBase } from '../../../sql-dialect/ast/node.js';
import type { CommonTable, RelationName } from '../../../sql-dialect/ast/query.js';
import { parseStatements } from '../../../sql-dialect/parse.js';

/** Which tables and columns a statement names, lower case, without duplicates. */
export interface AccessList {
  readonly tables: readonly string[];
  readonly columns: readonly string[];
}

/** The access list of the only statement of `sql`; names of common table expressions are no tables. */
export function ownAccessList(sql: string): AccessList {
  const [statement] = parseStatements(sql);
  if (statement === undefined) throw new Error('no statement');
  const tables = new Set<string>();
  const columns = new Set<string>();
  const common = new Set<string>();
  walk(statement.node, (node) => {
    if (node.kind === 'relation_name') tables.add(relation((node as RelationName).parts));
    if (node.kind === 'common_table') common.add((node as CommonTable).name.value.toLowerCase());
    if (node.kind === 'path') {
      const { head, steps } = node as Path;
      const last = steps.findLast((step) => step.kind === 'field_step');
      columns.add((last?.name ?? head).value.toLowerCase());
    }
  });
  for (const name of common) tables.delete(name);
  return { tables: [...tables].sort(), columns: [...columns].sort() };
}

function walk(node: NodeBase, visit: (node: NodeBase) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

function relation(parts: readonly Identifier[]): string {
  return (parts.at(-1)?.value ?? '').toLowerCase();
}
