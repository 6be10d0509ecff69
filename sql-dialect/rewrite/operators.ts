import type { Binary } from '../ast/expression.js';
import { grouped } from '../duckdb/text.js';
import { SqlState } from '../errors.js';
import { varchar } from '../types/coercion.js';
import type { OperatorUse } from '../types/operators.js';
import { isComparison } from '../types/operators.js';
import { typeCategory } from '../types/type-table.js';
import { comparison } from './compare.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';

export const operatorRules = [
  rule<Binary, Rewriter>({
    name: 'logical operator',
    kinds: ['binary'],
    needs: ['grouped output'],
    apply: logicalRule,
  }),
  rule<Binary, Rewriter>({ name: 'row comparison', kinds: ['binary'], needs: ['logical operator'], apply: rowRule }),
  rule<Binary, Rewriter>({ name: 'comparison', kinds: ['binary'], needs: ['row comparison'], apply: comparisonRule }),
  rule<Binary, Rewriter>({ name: 'concatenation', kinds: ['binary'], needs: ['comparison'], apply: concatRule }),
  rule<Binary, Rewriter>({ name: 'date arithmetic', kinds: ['binary'], needs: ['comparison'], apply: dateRule }),
  rule<Binary, Rewriter>({
    name: 'regular expression match',
    kinds: ['binary'],
    needs: ['comparison'],
    apply: matchRule,
  }),
  rule<Binary, Rewriter>({
    name: 'other operator',
    kinds: ['binary'],
    needs: [
      'concatenation',
      'date arithmetic',
      'regular expression match',
      'integer arithmetic',
      'decimal arithmetic',
      'float arithmetic',
      'bits',
    ],
    apply: otherRule,
  }),
];

function logicalRule(node: Binary, rewriter: Rewriter): string | undefined {
  if (node.operator !== 'and' && node.operator !== 'or') return undefined;
  const side = (operand: Binary['left']): string => {
    const sql = rewriter.condition(operand);
    const same = operand.kind === 'binary' && operand.operator === node.operator;
    return same || isPredicate(operand, node.operator) ? sql : grouped(sql);
  };
  return `${side(node.left)} ${node.operator.toUpperCase()} ${side(node.right)}`;
}

/** A comparison needs no parentheses below AND and OR, nor AND below OR. */
function isPredicate(node: Binary['left'], outer: string): boolean {
  return node.kind === 'binary' && (isComparison(node.operator) || (node.operator === 'and' && outer === 'or'));
}

/** Rows are compared item by item: DuckDB would take NULLs in them for values. */
function rowRule(node: Binary, rewriter: Rewriter): string | undefined {
  const { left, right, operator } = node;
  if (left.kind !== 'row' || right.kind !== 'row') return undefined;
  return rowComparison(rewriter, operator, left.items, right.items);
}

export function rowComparison(
  rewriter: Rewriter,
  operator: string,
  left: readonly Binary['left'][],
  right: readonly Binary['left'][],
): string {
  const pair = (i: number, symbol: string): string => {
    const [l, r] = [left[i], right[i]];
    if (l === undefined || r === undefined) return 'true';
    return comparison(rewriter, symbol, { node: l }, { node: r }, rewriter.binding.comparisons.get(r));
  };
  const all = left.map((_item, i) => i);
  if (operator === '=') return `(${all.map((i) => pair(i, '=')).join(' AND ')})`;
  if (operator === '<>') return `(${all.map((i) => pair(i, '<>')).join(' OR ')})`;
  const strict = operator.slice(0, 1);
  const steps = all.map((i) => {
    const before = all.slice(0, i).map((j) => pair(j, '='));
    return [...before, pair(i, i === all.length - 1 ? operator : strict)].join(' AND ');
  });
  return `(${steps.map((step) => `(${step})`).join(' OR ')})`;
}

function comparisonRule(node: Binary, rewriter: Rewriter): string | undefined {
  if (!isComparison(node.operator)) return undefined;
  return comparison(
    rewriter,
    node.operator,
    { node: node.left },
    { node: node.right },
    rewriter.binding.operators.get(node),
  );
}

function useOf(rewriter: Rewriter, node: Binary): OperatorUse | undefined {
  return rewriter.binding.operators.get(node);
}

function concatRule(node: Binary, rewriter: Rewriter): string | undefined {
  const use = useOf(rewriter, node);
  if (use?.family === 'bytes concat') {
    return `${rewriter.asOperand(node.left, use.left)} || ${rewriter.asOperand(node.right, use.right)}`;
  }
  if (use?.family !== 'concat') return undefined;
  const [left, right] = [node.left, node.right].map((side) => {
    if (side.kind === 'binary' && side === node.left && useOf(rewriter, side)?.family === 'concat')
      return rewriter.emit(side);
    return rewriter.asOperand(side, varchar(undefined));
  });
  return `${left} || ${right}`;
}

function dateRule(node: Binary, rewriter: Rewriter): string | undefined {
  const use = useOf(rewriter, node);
  if (use === undefined) return undefined;
  const left = (): string => rewriter.asOperand(node.left, use.left);
  const right = (): string => rewriter.asOperand(node.right, use.right);
  switch (use.family) {
    case 'date difference':
      return `CAST(${left()} - ${right()} AS INTEGER)`;
    case 'date plus days':
      return `${left()} ${node.operator} ${right()}`;
    case 'days plus date':
      return `${right()} + ${left()}`;
    case 'timestamp plus days':
      return `${left()} ${node.operator} ${days(rewriter, node.right)}`;
    case 'days plus timestamp':
      return `${right()} + ${days(rewriter, node.left)}`;
    case 'datetime difference':
      if (use.left.id === 'time') return `(DATE '1970-01-01' + ${left()}) - (DATE '1970-01-01' + ${right()})`;
      return `${left()} - ${right()}`;
    case 'datetime and interval': {
      const sum = `${left()} ${node.operator} ${right()}`;
      return use.result.id === 'date' ? `CAST(${sum} AS DATE)` : sum;
    }
    case 'date plus time':
    case 'interval':
      return `${left()} ${node.operator} ${right()}`;
    case 'interval scale':
      return intervalScale(rewriter, node, use);
    default:
      return undefined;
  }
}

/** A number of days as an interval, fractions included. */
function days(rewriter: Rewriter, node: Binary['left']): string {
  if (typeCategory(rewriter.typeOf(node)) === 'integer') return `to_days(CAST(${rewriter.emit(node)} AS INTEGER))`;
  return `to_microseconds(CAST(${rewriter.operand(node)} * 86400000000 AS BIGINT))`;
}

/** An interval times or over a number. DuckDB scales by whole numbers only; other factors go through microseconds. */
function intervalScale(rewriter: Rewriter, node: Binary, use: OperatorUse): string {
  const intervalFirst = typeCategory(use.left) === 'interval';
  const interval = rewriter.operand(intervalFirst ? node.left : node.right);
  const factor = intervalFirst ? node.right : node.left;
  const number = rewriter.asOperand(factor, intervalFirst ? use.right : use.left);
  if (node.operator === '*' && typeCategory(rewriter.typeOf(factor)) === 'integer') return `${interval} * ${number}`;
  if (use.result.id === 'intervaly2m') {
    return rewriter.fail(
      node,
      SqlState.featureNotSupported,
      'scaling a year-to-month interval by a fraction is not supported',
    );
  }
  return `to_microseconds(CAST(round(CAST(epoch_us(${interval}) AS DOUBLE) ${node.operator} ${number}) AS BIGINT))`;
}

function matchRule(node: Binary, rewriter: Rewriter): string | undefined {
  const use = useOf(rewriter, node);
  if (use?.family !== 'match') return undefined;
  const text = rewriter.as(node.left, use.left);
  const pattern = rewriter.as(node.right, use.right);
  const match = `regexp_matches(${text}, ${pattern}, '${node.operator.endsWith('*') ? 'si' : 's'}')`;
  return node.operator.startsWith('!') ? `NOT ${match}` : match;
}

/** Operators on values of unknown type stay as they are; each operand keeps together. */
function otherRule(node: Binary, rewriter: Rewriter): string | undefined {
  const use = useOf(rewriter, node);
  const operand = (side: Binary['left'], type: OperatorUse['left'] | undefined): string =>
    type === undefined ? rewriter.operand(side) : rewriter.asOperand(side, type);
  const left = operand(node.left, use?.left);
  const right = operand(node.right, use?.right);
  if (node.operator === '#') return `xor(${left}, ${right})`;
  return `${left} ${node.operator} ${right}`;
}
