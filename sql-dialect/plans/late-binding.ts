import { childrenOf, type NodeBase } from '../ast/node.js';
import type { Query, RelationItem, TableAlias, WithClause } from '../ast/query.js';

/**
 * The first relation of a query that is named without its schema and is neither a common table expression nor an alias
 * to unnest: late-binding views may not have one ("CREATE VIEW", WITH NO SCHEMA BINDING). Walks with a list of its own,
 * so that long UNION chains cost no stack.
 */
export function unqualifiedRelation(query: Query): NodeBase | undefined {
  const relations: RelationItem[] = [];
  const known = new Set<string>();
  const open: NodeBase[] = [query];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isRelation(node)) relations.push(node);
    else if (isWith(node)) for (const { name } of node.tables) known.add(name.value.toLowerCase());
    else if (isAlias(node)) known.add(node.name.value.toLowerCase());
    open.push(...childrenOf(node).reverse());
  }
  const unqualified = relations.find(({ name }) => {
    const [only, ...more] = name.parts;
    return more.length === 0 && only !== undefined && !known.has(only.value.toLowerCase());
  });
  return unqualified?.name;
}

function isRelation(node: NodeBase): node is RelationItem {
  return node.kind === 'relation';
}

function isAlias(node: NodeBase): node is TableAlias {
  return node.kind === 'table_alias';
}

function isWith(node: NodeBase): node is WithClause {
  return node.kind === 'with';
}
