import { aggregateFunctions, leaderOnlyFunctions, scalarFunctions } from '../../sql-dialect/index.js';
import type { FunctionTraits } from './index.js';

/**
 * What the check of a materialized view's definition asks about a function, from the dialect's tables. Undefined for a
 * name that does not exist.
 */
export function describeFunction(name: string): FunctionTraits | undefined {
  const aggregates = aggregateFunctions.get(name);
  const definitions = aggregates ?? scalarFunctions.get(name);
  if (definitions === undefined) return undefined;
  return {
    mutable: definitions.some(({ volatility }) => volatility !== 'immutable'),
    aggregate: aggregates?.some(({ aggregate }) => aggregate) ?? false,
    incremental: aggregates?.some(({ incremental }) => incremental === true) ?? false,
    leaderOnly: leaderOnlyFunctions.has(name),
  };
}
