import type {
  Between,
  Exists,
  Expression,
  InList,
  InSubquery,
  IsTest,
  Like,
  Quantified,
  ScalarSubquery,
} from '../ast/expression.js';
import type { Query } from '../ast/query.js';
import { constantOf } from '../bind/statement-binder.js';
import { evaluateBothOnce } from '../duckdb/evaluate-once.js';
import { quoteIdentifier, quoteLiteral } from '../duckdb/quote.js';
import { grouped } from '../duckdb/text.js';
import { SqlState } from '../errors.js';
import { isSuper, isUnknown, varchar } from '../types/coercion.js';
import type { OperatorUse } from '../types/operators.js';
import { arrayTypeOf } from '../types/type-names.js';
import { castSql } from './cast.js';
import { comparison, isPlainComparison } from './compare.js';
import { rowComparison } from './operators.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';
import { comparable } from './side.js';
import { similarToRegex } from './similar-to.js';
import { superAccess } from './super.js';
import { comparedKey, superIsNull } from './super-compare.js';

export const predicateRules = [
  rule<Like, Rewriter>({ name: 'like', kinds: ['like'], apply: likeRule }),
  rule<Between, Rewriter>({ name: 'between', kinds: ['between'], apply: betweenRule }),
  rule<InList, Rewriter>({ name: 'in list', kinds: ['in_list'], apply: inListRule }),
  rule<InSubquery, Rewriter>({ name: 'in subquery', kinds: ['in_subquery'], apply: inSubqueryRule }),
  rule<Quantified, Rewriter>({ name: 'quantified comparison', kinds: ['quantified'], apply: quantifiedRule }),
  rule<IsTest, Rewriter>({ name: 'is test', kinds: ['is_test'], apply: isRule }),
  rule<Exists, Rewriter>({
    name: 'exists',
    kinds: ['exists'],
    apply: (node, rewriter) => `EXISTS (${subquery(rewriter, node.query)})`,
  }),
  rule<ScalarSubquery, Rewriter>({
    name: 'scalar subquery',
    kinds: ['scalar_subquery'],
    needs: ['grouped output'],
    apply: (node, rewriter) => `(${subquery(rewriter, node.query)})`,
  }),
];

/** A query inside an expression: the grouping around it is not that of its own output. */
function subquery(rewriter: Rewriter, query: Query): string {
  return rewriter.ungrouped(() => rewriter.emit(query));
}

function likeRule(node: Like, rewriter: Rewriter): string {
  const not = node.negated ? 'NOT ' : '';
  const text = rewriter.asOperand(node.operand, varchar(undefined));
  if (node.operator === 'similar to') return `${not}${similar(node, rewriter, text)}`;
  const pattern = rewriter.asOperand(node.pattern, varchar(undefined));
  return `${text} ${not}${node.operator.toUpperCase()} ${pattern}${escapeClause(node, rewriter)}`;
}

/** The backslash escapes unless ESCAPE says otherwise; a pattern without one needs no clause. */
function escapeClause(node: Like, rewriter: Rewriter): string {
  if (node.escape !== undefined) {
    const character = constantOf(node.escape);
    return character === '' ? '' : ` ESCAPE ${rewriter.asOperand(node.escape, varchar(undefined))}`;
  }
  const pattern = constantOf(node.pattern);
  return typeof pattern === 'string' && !pattern.includes('\\') ? '' : " ESCAPE '\\'";
}

function similar(node: Like, rewriter: Rewriter, text: string): string {
  const pattern = constantOf(node.pattern);
  const escapeCharacter = node.escape === undefined ? '\\' : constantOf(node.escape);
  if (pattern === null || escapeCharacter === null) return 'CAST(NULL AS BOOLEAN)';
  if (pattern === undefined || escapeCharacter === undefined) {
    return rewriter.fail(
      node.pattern,
      SqlState.featureNotSupported,
      'SIMILAR TO with a computed pattern is not supported',
    );
  }
  return `regexp_full_match(${text}, ${quoteLiteral(similarToRegex(pattern, escapeCharacter))}, 's')`;
}

function betweenRule(node: Between, rewriter: Rewriter): string {
  const low = rewriter.binding.comparisons.get(node.low);
  const high = rewriter.binding.comparisons.get(node.high);
  const within = (
    lower: Expression,
    upper: Expression,
    a: OperatorUse | undefined,
    b: OperatorUse | undefined,
  ): string => {
    if (isPlainComparison(low) && isPlainComparison(high) && a?.left.id === b?.left.id) {
      const operand = comparable(rewriter, { node: node.operand }, a?.left ?? rewriter.typeOf(node.operand));
      const bounds = [lower, upper].map((bound, i) => {
        const use = i === 0 ? a : b;
        return comparable(rewriter, { node: bound }, use?.right ?? rewriter.typeOf(bound));
      });
      return `${operand} BETWEEN ${bounds.join(' AND ')}`;
    }
    const from = comparison(rewriter, '>=', { node: node.operand }, { node: lower }, a);
    const to = comparison(rewriter, '<=', { node: node.operand }, { node: upper }, b);
    return `${grouped(from)} AND ${grouped(to)}`;
  };
  let sql = `(${within(node.low, node.high, low, high)})`;
  if (node.symmetric) sql = `(${sql} OR (${within(node.high, node.low, high, low)}))`;
  return node.negated ? `NOT ${sql}` : sql;
}

function inListRule(node: InList, rewriter: Rewriter): string {
  const { operand, items } = node;
  const not = node.negated ? 'NOT ' : '';
  if (operand.kind === 'row') {
    const tests = items.map((item) =>
      item.kind === 'row' ? rowComparison(rewriter, '=', operand.items, item.items) : 'false',
    );
    return `${not}(${tests.join(' OR ')})`;
  }
  const groups = new Map<string, Expression[]>();
  const single: string[] = [];
  for (const item of items) {
    const use = rewriter.binding.comparisons.get(item);
    if (use === undefined || use.family === 'super compare') {
      single.push(grouped(comparison(rewriter, '=', { node: operand }, { node: item }, use)));
      continue;
    }
    const key = `${use.left.id}:${use.left.precision ?? ''}:${use.left.scale ?? ''}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [item]);
    else list.push(item);
  }
  const tests = [...groups.values()].map((group) => membership(rewriter, operand, group));
  if (tests.length === 1 && single.length === 0) return `${not}${grouped(tests[0] ?? '')}`;
  return `${not}(${[...tests.map(grouped), ...single].join(' OR ')})`;
}

/** Items that the operand is compared with in one type. */
function membership(rewriter: Rewriter, operand: Expression, items: readonly Expression[]): string {
  const [first] = items;
  const use = first === undefined ? undefined : rewriter.binding.comparisons.get(first);
  const left = comparable(rewriter, { node: operand }, use?.left ?? rewriter.typeOf(operand));
  const right = items.map((item) => {
    const own = rewriter.binding.comparisons.get(item);
    return comparable(rewriter, { node: item }, own?.right ?? rewriter.typeOf(item));
  });
  return `${left} IN (${right.join(', ')})`;
}

function inSubqueryRule(node: InSubquery, rewriter: Rewriter): string {
  const not = node.negated ? 'NOT ' : '';
  const operands = node.operand.kind === 'row' ? node.operand.items : [node.operand];
  const uses = operands.map((operand) => rewriter.binding.comparisons.get(operand));
  const columns = rewriter.binding.queries.get(node.query)?.columns;
  const left = operands.map((operand, i) => {
    const use = uses[i];
    return use === undefined ? rewriter.operand(operand) : comparableTo(rewriter, { node: operand }, use, 'left');
  });
  const tuple = left.length === 1 ? (left[0] ?? '') : `(${left.join(', ')})`;
  const plain = subquery(rewriter, node.query);
  if (columns === undefined) return `${tuple} ${not}IN (${plain})`;
  const right = columns.map((column, i) => {
    const use = uses[i];
    const sql = quoteIdentifier(`c${i + 1}`);
    return use === undefined ? sql : comparableTo(rewriter, { sql, type: column.type }, use, 'right');
  });
  if (right.every((sql, i) => sql === quoteIdentifier(`c${i + 1}`))) return `${tuple} ${not}IN (${plain})`;
  const names = columns.map((_column, i) => quoteIdentifier(`c${i + 1}`)).join(', ');
  return `${tuple} ${not}IN (SELECT ${right.join(', ')} FROM (${plain}) AS "members"(${names}))`;
}

/** A side of a comparison with a subquery's column: both sides must come out as values of one DuckDB type. */
function comparableTo(
  rewriter: Rewriter,
  side: { readonly node: Expression } | { readonly sql: string; readonly type: OperatorUse['left'] },
  use: OperatorUse,
  which: 'left' | 'right',
): string {
  if (use.family === 'super compare') return grouped(comparedKey(rewriter, side));
  return comparable(rewriter, side, which === 'left' ? use.left : use.right);
}

function quantifiedRule(node: Quantified, rewriter: Rewriter): string {
  const quantifier = node.quantifier.toUpperCase();
  if (node.right.kind !== 'query') return arrayComparison(node, node.right, rewriter);
  const use = rewriter.binding.comparisons.get(node.operand);
  const plain = subquery(rewriter, node.right);
  const column = rewriter.binding.queries.get(node.right)?.columns?.[0];
  if (use === undefined || column === undefined) {
    return `${rewriter.operand(node.operand)} ${node.operator} ${quantifier} (${plain})`;
  }
  if (use.family === 'super compare' && !['=', '<>'].includes(node.operator)) {
    const member = { sql: '"members"."c1"', type: column.type };
    return foldedComparison(
      node.quantifier,
      comparison(rewriter, node.operator, { node: node.operand }, member, use),
      `(${plain}) AS "members"("c1")`,
    );
  }
  const left = comparableTo(rewriter, { node: node.operand }, use, 'left');
  const right = comparableTo(rewriter, { sql: '"c1"', type: column.type }, use, 'right');
  if (right === '"c1"') return `${left} ${node.operator} ${quantifier} (${plain})`;
  return `${left} ${node.operator} ${quantifier} (SELECT ${right} FROM (${plain}) AS "members"("c1"))`;
}

/** ANY or ALL of a condition over rows: an order of SUPER values is told by no text of them. */
function foldedComparison(quantifier: Quantified['quantifier'], condition: string, from: string): string {
  const [decisive, decided] = quantifier === 'all' ? ['NOT "met"', false] : ['"met"', true];
  return (
    `(SELECT CASE WHEN bool_or(${decisive}) THEN ${decided} WHEN count(*) = count("met") THEN ${!decided} END ` +
    `FROM (SELECT ${condition} AS "met" FROM ${from}) AS "compared")`
  );
}

/** An array; a text literal reads as one of the operand's type. */
function arrayText(rewriter: Rewriter, operand: Expression, right: Expression): string {
  const type = rewriter.typeOf(right);
  const element = rewriter.typeOf(operand);
  const array = arrayTypeOf(isUnknown(element) ? varchar(undefined) : element);
  if (right.kind !== 'string' || array === undefined) return rewriter.emit(right);
  return castSql(rewriter.emit(right), type, array, 'explicit', rewriter.binding.settings);
}

/**
 * DuckDB's ANY over a list is a subquery, which an outer join's condition and some expressions cannot have: `= ANY`
 * does without.
 */
function arrayComparison(node: Quantified, right: Expression, rewriter: Rewriter): string {
  const array = arrayText(rewriter, node.operand, right);
  if (node.operator !== '=' || node.quantifier !== 'any' || isSuper(rewriter.typeOf(right)))
    return `${rewriter.operand(node.operand)} ${node.operator} ${node.quantifier.toUpperCase()}(${array})`;
  const operand = rewriter.emit(node.operand);
  // The lists of the catalogs, as pg_constraint.conkey, hold no NULL.
  if (right.kind === 'path') return `list_contains(${array}, ${operand})`;
  return evaluateBothOnce(array, operand, (list, value) => {
    const found = `list_contains(${list}, ${value})`;
    return `CASE WHEN len(${list}) = 0 THEN false WHEN ${found} OR list_count(${list}) = len(${list}) THEN ${found} END`;
  });
}

function isRule(node: IsTest, rewriter: Rewriter): string {
  const not = node.negated ? 'NOT ' : '';
  const type = rewriter.typeOf(node.operand);
  switch (node.test) {
    case 'null':
      if (isSuper(type)) return superIsNull(superAccess(rewriter, node.operand), node.negated);
      return `${rewriter.operand(node.operand)} IS ${not}NULL`;
    case 'unknown':
      return `${grouped(rewriter.condition(node.operand))} IS ${not}NULL`;
    case 'true':
    case 'false':
      return `${grouped(rewriter.condition(node.operand))} IS ${not}${node.test.toUpperCase()}`;
    case 'distinct from': {
      if (node.right === undefined) return rewriter.splice(node);
      const use = rewriter.binding.comparisons.get(node);
      if (use === undefined)
        return `${rewriter.operand(node.operand)} IS ${not}DISTINCT FROM ${rewriter.operand(node.right)}`;
      const left = comparableTo(rewriter, { node: node.operand }, use, 'left');
      const right = comparableTo(rewriter, { node: node.right }, use, 'right');
      return `${left} IS ${not}DISTINCT FROM ${right}`;
    }
  }
}
