import { childrenOf, type NodeBase } from '../ast/node.js';
import type { ParsedStatement } from '../parse.js';
import { excerpt, textTable } from './text-table.js';

/** The tree of a statement, a node a line, children indented: kind, plain fields, offsets and source text. */
export function showTree({ node, source }: ParsedStatement): string {
  const rows: string[][] = [];
  const visit = (at: NodeBase, depth: number): void => {
    rows.push([
      `${'  '.repeat(depth)}${at.kind}${fields(at)}`,
      `${at.start}-${at.end}`,
      excerpt(source, at.start, at.end),
    ]);
    for (const child of childrenOf(at)) visit(child, depth + 1);
  };
  visit(node, 0);
  return textTable(rows);
}

/** The node's fields that are neither its kind and span nor nodes, and that say something. */
function fields(node: NodeBase): string {
  return Object.entries(node)
    .filter(([name, value]) => !['kind', 'start', 'end'].includes(name) && says(value))
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
    .join('');
}

function says(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || value === true;
}
