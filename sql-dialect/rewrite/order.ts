import type { Expression } from '../ast/expression.js';
import type { OrderItem } from '../ast/query.js';
import { constantOf } from '../bind/statement-binder.js';
import { isString, isSuper } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { distinctKey, needsDistinctKey } from './compare.js';
import type { Rewriter } from './rewriter.js';
import type { Side } from './side.js';
import { accessOf } from './super-compare.js';
import { superSortKeys } from './super-key.js';

/**
 * The keys an ORDER BY item sorts by, each with its direction.
 *
 * @param ties whether it matters that values are equal: strings that differ in trailing blanks only are, when another
 * key follows or ranks are told.
 */
export function orderKeys(rewriter: Rewriter, item: OrderItem, ties: boolean): string[] {
  return valueKeys(rewriter, { node: item.expression }, ties).map((key) => `${key}${orderSuffix(item)}`);
}

/** The keys that a value is sorted by. */
export function valueKeys(rewriter: Rewriter, side: Side, ties: boolean): string[] {
  const type = 'node' in side ? rewriter.typeOf(side.node) : side.type;
  if (isSuper(type)) return superSortKeys(accessOf(rewriter, side));
  if (ties && needsDistinctKey(rewriter, side)) return [distinctKey(rewriter, side)];
  return ['node' in side ? keySql(rewriter, side.node) : side.sql];
}

/** True for values that are sorted by something else than themselves. */
export function needsKeys(type: RedshiftType, ties: boolean): boolean {
  return isSuper(type) || (ties && isString(type) && type.id !== 'char' && type.id !== 'name');
}

/** A bare number would be taken for an output column's place. */
function keySql(rewriter: Rewriter, expression: Expression): string {
  const constant = constantOf(expression);
  return typeof constant === 'string' && /^[+-]?\d+$/.test(constant)
    ? `CAST(${constant} AS BIGINT)`
    : rewriter.emit(expression);
}

/**
 * NULLs last in ascending order and first in descending order, as the connection's setting has it, unless the item says
 * otherwise.
 */
export function orderSuffix(item: OrderItem): string {
  const direction = item.direction === undefined ? '' : ` ${item.direction.toUpperCase()}`;
  return item.nulls === undefined ? direction : `${direction} NULLS ${item.nulls.toUpperCase()}`;
}
