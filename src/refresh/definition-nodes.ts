import type { FunctionCall } from '../../sql-dialect/ast/expression.js';
import { childrenOf, type NodeBase } from '../../sql-dialect/ast/node.js';

/** All nodes below `node`, in the order of the text. */
export function nodesBelow(node: NodeBase): NodeBase[] {
  const nodes: NodeBase[] = [];
  const visit = (parent: NodeBase): void => {
    for (const child of childrenOf(parent)) {
      nodes.push(child);
      visit(child);
    }
  };
  visit(node);
  return nodes;
}

export function isCall(node: NodeBase): node is FunctionCall {
  return node.kind === 'call';
}

/** Lower-case name of the function called, without its schema. */
export function nameOf(call: FunctionCall): string {
  return call.name.at(-1)?.value.toLowerCase() ?? '';
}
