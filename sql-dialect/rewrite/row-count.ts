import type { Expression } from '../ast/expression.js';
import { int8 } from '../types/coercion.js';
import type { Rewriter } from './rewriter.js';

/** A number of rows. */
export function countSql(rewriter: Rewriter, node: Expression): string {
  return node.kind === 'number' ? rewriter.emit(node) : rewriter.as(node, int8);
}
