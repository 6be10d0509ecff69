import type { Expression } from '../ast/expression.js';
import { expressionKey } from '../bind/grouping.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';
import { unpadded } from './text.js';

/**
 * How the expressions that a SELECT groups by are written in its output: Redshift groups strings without regard to trailing blanks, DuckDB does not, so that it is grouped
 * by the text without them and any of the group's values is shown.
 */
export interface GroupedOutput {
  /** By expression key. */
  readonly strings: ReadonlySet<string>;
  /** With grouping sets the stripped text itself is shown: it is NULL where the set leaves it out. */
  readonly stripped: boolean;
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
  ],
  apply: (node, rewriter) => {
    const output = rewriter.groupedOutput.at(-1);
    if (output === undefined || !output.strings.has(expressionKey(rewriter.binding, node))) return undefined;
    const plain = rewriter.ungrouped(() => rewriter.emit(node));
    return output.stripped ? `(${unpadded(plain, true)})` : `any_value(${plain})`;
  },
});
