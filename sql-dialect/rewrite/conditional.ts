import type {
  ArrayConstructor,
  Case,
  Cast,
  Collate,
  Expression,
  OuterJoinMark,
  RowConstructor,
} from '../ast/expression.js';
import { SqlState } from '../errors.js';
import { isString } from '../types/coercion.js';
import { comparison } from './compare.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';

export const conditionalRules = [
  rule<Case, Rewriter>({ name: 'case', kinds: ['case'], needs: ['grouped output'], apply: caseRule }),
  rule<Cast, Rewriter>({ name: 'cast', kinds: ['cast'], needs: ['grouped output'], apply: castRule }),
  rule<Collate, Rewriter>({ name: 'collate', kinds: ['collate'], needs: ['grouped output'], apply: collateRule }),
  rule<OuterJoinMark, Rewriter>({
    name: 'outer join mark',
    kinds: ['outer_join_mark'],
    apply: (node, rewriter) => rewriter.emit(node.operand),
  }),
  rule<RowConstructor, Rewriter>({
    name: 'row',
    kinds: ['row'],
    apply: (node, rewriter) => `(${node.items.map((item) => rewriter.emit(item)).join(', ')})`,
  }),
  rule<ArrayConstructor, Rewriter>({ name: 'array', kinds: ['array'], apply: arrayRule }),
];

/** A simple CASE over strings or SUPER values becomes a searched one, with Redshift's comparison in each branch. */
function caseRule(node: Case, rewriter: Rewriter): string {
  const type = rewriter.binding.valueTypes.get(node);
  const value = (expression: Expression): string => rewriter.as(expression, type);
  const branches = node.branches.map((branch) => {
    const test =
      node.operand === undefined
        ? rewriter.condition(branch.when)
        : comparison(
            rewriter,
            '=',
            { node: node.operand },
            { node: branch.when },
            rewriter.binding.comparisons.get(branch.when),
          );
    return `WHEN ${test} THEN ${value(branch.then)}`;
  });
  const otherwise = node.otherwise === undefined ? '' : ` ELSE ${value(node.otherwise)}`;
  return `CASE ${branches.join(' ')}${otherwise} END`;
}

function castRule(node: Cast, rewriter: Rewriter): string {
  return rewriter.as(node.operand, rewriter.typeOf(node), node.form === 'try_cast' ? 'try' : 'explicit');
}

/** Ordering is binary whatever the collation; `case_insensitive` would change comparisons. */
function collateRule(node: Collate, rewriter: Rewriter): string {
  const name = node.collation.map((part) => rewriter.binder.fold(part)).join('.');
  if (name === 'case_insensitive' || name === 'ci') {
    rewriter.fail(node, SqlState.featureNotSupported, `collation ${name} is not supported`);
  }
  return rewriter.emit(node.operand);
}

function arrayRule(node: ArrayConstructor, rewriter: Rewriter): string {
  if (node.query !== undefined) {
    const { query } = node;
    return `ARRAY(${rewriter.ungrouped(() => rewriter.emit(query))})`;
  }
  const type = rewriter.binding.valueTypes.get(node);
  const text = type !== undefined && isString(type);
  return `[${node.items.map((item) => rewriter.as(item, text ? { id: 'varchar' } : type)).join(', ')}]`;
}
