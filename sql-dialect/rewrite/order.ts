import type { Expression } from '../ast/expression.js';
import type { OrderItem } from '../ast/query.js';
import { constantOf } from '../bind/statement-binder.js';
import { isSuper } from '../types/coercion.js';
import type { Rewriter } from './rewriter.js';
import { type SuperAccess, superAccess, superJson, superKind, superText } from './super.js';

/** The keys an ORDER BY item sorts by, each with its direction. */
export function orderKeys(rewriter: Rewriter, item: OrderItem): string[] {
  const suffix = orderSuffix(item);
  const { expression } = item;
  if (isSuper(rewriter.typeOf(expression))) {
    return superKeys(superAccess(rewriter, expression)).map((key) => `${key}${suffix}`);
  }
  return [`${keySql(rewriter, expression)}${suffix}`];
}

/** A bare number would be taken for an output column's place. */
function keySql(rewriter: Rewriter, expression: Expression): string {
  const constant = constantOf(expression);
  return typeof constant === 'string' && /^[+-]?\d+$/.test(constant)
    ? `CAST(${constant} AS BIGINT)`
    : rewriter.emit(expression);
}

/** NULLs last in ascending order and first in descending order, as the connection's setting has it, unless the item says otherwise. */
export function orderSuffix(item: OrderItem): string {
  const direction = item.direction === undefined ? '' : ` ${item.direction.toUpperCase()}`;
  return item.nulls === undefined ? direction : `${direction} NULLS ${item.nulls.toUpperCase()}`;
}

/** SUPER values in their order: booleans, numbers, strings, arrays, objects ("Dynamic typing"). A JSON null counts as NULL. */
export function superKeys(access: SuperAccess): string[] {
  const kind = superKind(access);
  const rank =
    `CASE ${kind} WHEN 'BOOLEAN' THEN 1 WHEN 'BIGINT' THEN 2 WHEN 'UBIGINT' THEN 2 WHEN 'DOUBLE' THEN 2 WHEN 'HUGEINT' THEN 2 ` +
    `WHEN 'VARCHAR' THEN 3 WHEN 'ARRAY' THEN 4 WHEN 'OBJECT' THEN 5 END`;
  const number = `CASE WHEN ${kind} IN ('BIGINT', 'UBIGINT', 'DOUBLE', 'HUGEINT') THEN CAST(${superText(access)} AS DOUBLE) END`;
  const text = `CASE WHEN ${kind} IN ('ARRAY', 'OBJECT') THEN CAST(${superJson(access)} AS VARCHAR) ELSE ${superText(access)} END`;
  return [rank, number, text];
}
