import { grouped } from '../duckdb/text.js';
import { isString, isSuper, isUnknown } from '../types/coercion.js';
import type { OperatorUse } from '../types/operators.js';
import type { Rewriter } from './rewriter.js';
import { comparable, mayEndInBlank, type Side, sideAs, typeOfSide } from './side.js';
import { accessOf, superComparison } from './super-compare.js';
import { superKey } from './super-key.js';

/** A string or SUPER expression as GROUP BY, DISTINCT, PARTITION BY and joins tell values apart; others as they are. */
export function distinctKey(rewriter: Rewriter, side: Side): string {
  const type = typeOfSide(rewriter, side);
  if (isSuper(type)) return superKey(accessOf(rewriter, side));
  return isString(type) ? comparable(rewriter, side, type) : grouped(sideAs(rewriter, side, type));
}

/** True when values of the expression are told apart by more than their DuckDB text. */
export function needsDistinctKey(rewriter: Rewriter, side: Side): boolean {
  return isSuper(typeOfSide(rewriter, side)) || mayEndInBlank(rewriter, side);
}

/** `left operator right` as a condition. */
export function comparison(
  rewriter: Rewriter,
  operator: string,
  left: Side,
  right: Side,
  use: OperatorUse | undefined,
): string {
  const family = use?.family ?? 'compare';
  if (family === 'super compare') return superComparison(rewriter, operator, left, right);
  const [l, r] = [left, right].map((side, i) =>
    comparable(rewriter, side, (i === 0 ? use?.left : use?.right) ?? typeOfSide(rewriter, side)),
  );
  return `${l} ${operator} ${r}`;
}

/** True when a comparison by `use` needs more than DuckDB's own operator on the plain values. */
export function isPlainComparison(use: OperatorUse | undefined): boolean {
  if (use === undefined) return true;
  return use.family === 'compare' && !isString(use.left) && !isString(use.right) && !isUnknown(use.left);
}
