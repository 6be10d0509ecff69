import { arithmeticRules } from './arithmetic.js';
import { callRules } from './calls.js';
import { conditionalRules } from './conditional.js';
import { fromRules } from './from.js';
import { groupedOutputRule } from './grouped-output.js';
import { literalRules } from './literals.js';
import { operatorRules } from './operators.js';
import { pathRules } from './paths.js';
import { predicateRules } from './predicates.js';
import { queryRules } from './query.js';
import type { Rewriter } from './rewriter.js';
import { orderRules, type RuleSet } from './rule.js';
import { selectRules } from './select.js';

let ordered: RuleSet<Rewriter> | undefined;

/** All rules of the Redshift to DuckDB rewriting, in the order that their needs give. */
export function rewriteRules(): RuleSet<Rewriter> {
  ordered ??= orderRules([
    groupedOutputRule,
    ...literalRules,
    ...pathRules,
    ...operatorRules,
    ...arithmeticRules,
    ...predicateRules,
    ...conditionalRules,
    ...callRules,
    ...fromRules,
    ...selectRules,
    ...queryRules,
  ]);
  return ordered;
}
