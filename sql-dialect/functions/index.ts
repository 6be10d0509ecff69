import { aggregateFunctions as aggregates } from './aggregate.js';
import { catalogFunctions } from './catalog.js';
import { catalogObjectFunctions } from './catalog-objects.js';
import { conditionalFunctions } from './conditional.js';
import type { AggregateDefinition, FunctionDefinition } from './contract.js';
import { dateTimeFunctions } from './date-time.js';
import { byName } from './entry.js';
import { formattingFunctions } from './formatting.js';
import { hashFunctions } from './hash.js';
import { jsonFunctions } from './json.js';
import { mathFunctions } from './math.js';
import { regexpFunctions } from './regexp.js';
import { stringFunctions } from './string.js';
import { superFunctions } from './super.js';
import { systemFunctions } from './system.js';
import { varbyteFunctions } from './varbyte.js';
import { windowFunctions } from './window.js';

export { type AggregateDecoration, expandAggregate, expandScalar } from './expand.js';
export { superElement, superValue } from './super-value.js';

/** Scalar functions by name; of one name, the definitions in the order they are tried. */
export const scalarFunctions: ReadonlyMap<string, readonly FunctionDefinition[]> = byName([
  ...dateTimeFunctions,
  ...stringFunctions,
  ...regexpFunctions,
  ...mathFunctions,
  ...conditionalFunctions,
  ...jsonFunctions,
  ...superFunctions,
  ...varbyteFunctions,
  ...hashFunctions,
  ...formattingFunctions,
  ...systemFunctions,
  ...catalogFunctions,
  ...catalogObjectFunctions,
]);

/** Aggregate and window functions by name. */
export const aggregateFunctions: ReadonlyMap<string, readonly AggregateDefinition[]> = byName([
  ...aggregates,
  ...windowFunctions,
]);

export { unsupportedFunctions } from './unsupported.js';
