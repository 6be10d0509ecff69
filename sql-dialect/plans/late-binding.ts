import { childrenOf, type NodeBase } from '../ast/node.js';
import type { Query, RelationItem, WithClause } from '../ast/query.js';

/**
 * The first relation of a query that is named without its schema and is no common table expression: late-binding views may not have one
 * ("CREATE VIEW", WITH NO SCHEMA BINDING). Walks with a list of its own, so that long UNION chains cost no stack.
 */
export function unqualifiedRelation(query: Query): NodeBase | undefined {
  const relations: RelationItem[] = [];
  const common = new Set<string>();
  const open: NodeBase[] = [query];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isRelation(node)) relations.push(node);
    else if (isWith(node)) for (const { name } of node.tables) common.add(name.value.toLowerCase());
    open.push(...childrenOf(node).reverse());
  }
  const unqualified = relations.find(({ name }) => {
    const [only, ...more] = name.parts;
    return more.length === 0 && only !== undefined && !common.has(only.value.toLowerCase());
  });
  return unqualified?.name;
}

function isRelation(node: NodeBase): node is RelationItem {
  return node.kind === 'relation';
}

function isWith(node: NodeBase): node is WithClause {
  return node.kind === 'with';
}
