import type { NumberLiteral } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import type { TableAttributesClause } from '../ast/table.js';
import type { TableAttributes } from '../plan.js';
import type { Lowering } from './lowering.js';

/** No attribute given. */
export const noAttributes: TableAttributes = {
  backup: undefined,
  distStyle: undefined,
  distKey: undefined,
  sortKey: [],
  sortStyle: undefined,
};

/**
 * The plan form of table attributes. DISTKEY without DISTSTYLE is DISTSTYLE KEY; SORTKEY without a style is compound
 * ("CREATE TABLE").
 */
export function lowerAttributes(lowering: Lowering, clause: TableAttributesClause | undefined): TableAttributes {
  if (clause === undefined) return noAttributes;
  const { backup, distStyle, distKey, sortKey, sortStyle } = clause;
  return {
    backup,
    distStyle: distStyle ?? (distKey ? 'key' : undefined),
    distKey: distKey && keyColumn(lowering, distKey),
    sortKey: sortKey.map((column) => keyColumn(lowering, column)),
    sortStyle: sortStyle ?? (sortKey.length > 0 ? 'compound' : undefined),
  };
}

function keyColumn(lowering: Lowering, column: Identifier | NumberLiteral): string | number {
  return column.kind === 'number' ? Number(column.text) : lowering.name(column);
}
