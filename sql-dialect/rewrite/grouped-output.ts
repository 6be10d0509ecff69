import type { Expression } from '../ast/expression.js';
import { expressionKey } from '../bind/grouping.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';

/**
 * How the expressions that a SELECT groups by are written in its output: Redshift groups strings without regard to
 * trailing blanks and SUPER values by what they mean, DuckDB by their text, so that it is given a text to group by and
 * any of the group's values is shown. The other grouped expressions are written in the output as they are grouped by:
 * made anew from the shown strings they would be something else, and no longer grouped.
 */
export interface GroupedOutput {
  /** DuckDB text that is grouped by, by expression key. */
  readonly keys: ReadonlyMap<string, string>;
  /** The keys of `keys` whose values are told apart by another text than their own. */
  readonly merged: ReadonlySet<string>;
  /** With grouping sets a value is shown only where the set includes it. */
  readonly groupingSets: boolean;
}

/** The text for a grouped expression in the output, `plain` being its own. */
export function shownInGroup(output: GroupedOutput, key: string, plain: string): string {
  if (!output.merged.has(key)) return output.keys.get(key) ?? plain;
  const shown = `any_value(${plain})`;
  return output.groupingSets ? `CASE WHEN GROUPING(${output.keys.get(key) ?? plain}) = 0 THEN ${shown} END` : shown;
}

export const groupedOutputRule = rule<Expression, Rewriter>({
  name: 'grouped output',
  kinds: [
    'path',
    'navigation',
    'call',
    'cast',
    'case',
    'binary',
    'parenthesized',
    'extract',
    'scalar_subquery',
    'collate',
    'unary',
    'like',
    'between',
    'in_list',
    'in_subquery',
    'quantified',
    'is_test',
    'exists',
    'at_time_zone',
    'array',
    'row',
  ],
  apply: (node, rewriter) => {
    const output = rewriter.groupedOutput.at(-1);
    if (output === undefined) return undefined;
    const key = expressionKey(rewriter.binding, node);
    if (!output.keys.has(key)) return undefined;
    return shownInGroup(
      output,
      key,
      rewriter.ungrouped(() => rewriter.emit(node)),
    );
  },
});
