import { type ExecutablePlan, isUnsupported, type Plan, refusal } from '../../sql-dialect/plan.js';
import { DuckshiftError } from '../base/errors.js';

/** The plan, to be run. @throws 0A000 for what is understood and not supported. */
export function supported(plan: Plan): ExecutablePlan {
  if (!isUnsupported(plan)) return plan;
  throw new DuckshiftError('0A000', refusal(plan), { position: plan.position, hint: plan.hint });
}
