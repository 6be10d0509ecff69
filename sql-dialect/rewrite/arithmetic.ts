import type { Binary, Expression, Unary } from '../ast/expression.js';
import { constantOf } from '../bind/statement-binder.js';
import { evaluateBothOnce, evaluateOnce } from '../duckdb/evaluate-once.js';
import { raisedErrorSql } from '../duckdb/raised-error.js';
import { grouped } from '../duckdb/text.js';
import { SqlState } from '../errors.js';
import { int8, isSuper, superType } from '../types/coercion.js';
import type { OperatorUse } from '../types/operators.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { duckdbType } from '../types/type-table.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';
import { superAccess, superArithmetic, superExact, superToType } from './super.js';

const zeroError = raisedErrorSql(SqlState.divisionByZero, 'Divide by zero');

export const arithmeticRules = [
  rule<Binary, Rewriter>({ name: 'super arithmetic', kinds: ['binary'], needs: ['comparison'], apply: superRule }),
  rule<Binary, Rewriter>({
    name: 'integer arithmetic',
    kinds: ['binary'],
    needs: ['super arithmetic'],
    apply: integerRule,
  }),
  rule<Binary, Rewriter>({
    name: 'decimal arithmetic',
    kinds: ['binary'],
    needs: ['super arithmetic'],
    apply: decimalRule,
  }),
  rule<Binary, Rewriter>({
    name: 'float arithmetic',
    kinds: ['binary'],
    needs: ['super arithmetic'],
    apply: floatRule,
  }),
  rule<Binary, Rewriter>({ name: 'bits', kinds: ['binary'], needs: ['super arithmetic'], apply: bitsRule }),
  rule<Unary, Rewriter>({ name: 'unary operator', kinds: ['unary'], apply: unaryRule }),
];

function useOf(rewriter: Rewriter, node: Binary): OperatorUse | undefined {
  return rewriter.binding.operators.get(node);
}

function superRule(node: Binary, rewriter: Rewriter): string | undefined {
  if (useOf(rewriter, node)?.family !== 'super arithmetic') return undefined;
  const [left, right] = [node.left, node.right].map((side) => {
    const type = rewriter.typeOf(side);
    const access = isSuper(type) ? superAccess(rewriter, side) : undefined;
    return {
      sql: access === undefined ? rewriter.operand(side) : '',
      access,
      type,
    };
  });
  if (left === undefined || right === undefined) return undefined;
  const operator = node.operator === '^' ? '**' : node.operator;
  return superArithmetic(operator, left, right, zeroError);
}

/** True for a constant that is not zero: dividing by it needs no check. */
function isNonZero(node: Expression): boolean {
  const constant = constantOf(node);
  return typeof constant === 'string' && Number(constant) !== 0 && !Number.isNaN(Number(constant));
}

/**
 * `result` unless the divisor is zero, which is an error in Redshift and NULL in DuckDB. NULL over zero is NULL.
 */
function guarded(
  { left, right }: Binary,
  dividendSql: string,
  divisorSql: string,
  result: (dividend: string, divisor: string) => string,
): string {
  if (isNonZero(right)) return result(dividendSql, divisorSql);
  const checked = (dividend: string, divisor: string, zero: string): string =>
    `CASE WHEN ${zero} THEN ${zeroError} ELSE ${result(dividend, divisor)} END`;
  if (typeof constantOf(left) === 'string') {
    return evaluateOnce(divisorSql, (divisor) => checked(dividendSql, divisor, `${divisor} = 0`));
  }
  return evaluateBothOnce(dividendSql, divisorSql, (dividend, divisor) =>
    checked(dividend, divisor, `${divisor} = 0 AND ${dividend} IS NOT NULL`),
  );
}

const divides = (operator: string): boolean => operator === '/' || operator === '%';

function integerRule(node: Binary, rewriter: Rewriter): string | undefined {
  const use = useOf(rewriter, node);
  if (use?.family !== 'integer') return undefined;
  const left = integerOperand(rewriter, node.left, use.result);
  const right = integerOperand(rewriter, node.right, use.result);
  if (!divides(node.operator)) return `${left} ${node.operator} ${right}`;
  const symbol = node.operator === '/' ? '//' : '%';
  return guarded(node, left, right, (dividend, divisor) => `${dividend} ${symbol} ${divisor}`);
}

/** DuckDB gives a literal the narrowest type, so that SMALLINT + 1 would stay SMALLINT and overflow. */
function integerOperand(rewriter: Rewriter, node: Expression, result: RedshiftType): string {
  const type = rewriter.typeOf(node);
  if (rewriter.binder.operand(node).untyped) return rewriter.asOperand(node, result);
  const narrow = type.id === 'int2' && result.id !== 'int2';
  return narrow ? `CAST(${rewriter.emit(node)} AS ${duckdbType(result)})` : rewriter.operand(node);
}

function floatRule(node: Binary, rewriter: Rewriter): string | undefined {
  const use = useOf(rewriter, node);
  if (use?.family !== 'float') return undefined;
  if (node.operator === '^') return `pow(${rewriter.as(node.left, use.left)}, ${rewriter.as(node.right, use.right)})`;
  const left = floatOperand(rewriter, node.left, use.result);
  const right = floatOperand(rewriter, node.right, use.result);
  if (!divides(node.operator)) return `${left} ${node.operator} ${right}`;
  return guarded(node, left, right, (dividend, divisor) => `${dividend} ${node.operator} ${divisor}`);
}

function floatOperand(rewriter: Rewriter, node: Expression, type: RedshiftType): string {
  const own = rewriter.typeOf(node);
  return own.id === type.id ? rewriter.operand(node) : rewriter.asOperand(node, type);
}

interface Decimal {
  readonly precision: number;
  readonly scale: number;
}

function decimalOf(type: RedshiftType): Decimal {
  return { precision: type.precision ?? 18, scale: type.scale ?? 0 };
}

function decimalRule(node: Binary, rewriter: Rewriter): string | undefined {
  const use = useOf(rewriter, node);
  if (use?.family !== 'decimal') return undefined;
  const [a, b, result] = [use.left, use.right, use.result].map(decimalOf);
  if (a === undefined || b === undefined || result === undefined) return undefined;
  if (node.operator === '/') return decimalDivision(rewriter, node, use, a, b, result);
  if (node.operator === '*' && a.scale + b.scale > 37) {
    rewriter.fail(
      node,
      SqlState.featureNotSupported,
      'multiplying decimals to more than 37 fractional digits is not supported',
    );
  }
  const wide = result.precision > 18;
  const left = decimalOperand(rewriter, node.left, use.left, wide);
  const right = decimalOperand(rewriter, node.right, use.right, false);
  if (node.operator === '%') return guarded(node, left, right, (dividend, divisor) => `${dividend} % ${divisor}`);
  return `${left} ${node.operator} ${right}`;
}

/**
 * DuckDB keeps to 18 digits while both sides have no more: one wide side makes it use the digits that Redshift's result
 * has.
 */
function decimalOperand(rewriter: Rewriter, node: Expression, type: RedshiftType, widen: boolean): string {
  const { scale } = decimalOf(type);
  if (widen && decimalOf(type).precision < 19)
    return `CAST(${rewriter.as(node, type)} AS DECIMAL(${Math.max(19, scale)}, ${scale}))`;
  return rewriter.binder.operand(node).untyped ? rewriter.asOperand(node, type) : rewriter.operand(node);
}

/**
 * Exact decimal division, cut to the result's scale: the digits are divided as integers, since DuckDB would divide as
 * DOUBLE.
 */
function decimalDivision(
  rewriter: Rewriter,
  node: Binary,
  use: OperatorUse,
  a: Decimal,
  b: Decimal,
  result: Decimal,
): string {
  const dividend = digits(rewriter.asOperand(node.left, use.left), a, result.scale + b.scale - a.scale);
  const divisor = digits(rewriter.asOperand(node.right, use.right), b, 0);
  const quotient = guarded(node, dividend, divisor, (a, b) => `${a} // ${b}`);
  return scaled(`(${quotient})`, result.scale);
}

/** A decimal's digits as a HUGEINT, with `shift` further zeros (or, negative, so many digits cut). */
function digits(sql: string, { precision, scale }: Decimal, shift: number): string {
  const whole =
    scale === 0
      ? `CAST(${sql} AS HUGEINT)`
      : precision + scale <= 38
        ? `CAST(CAST(${sql} AS DECIMAL(38, ${scale})) * CAST(1${'0'.repeat(scale)} AS DECIMAL(${scale + 1}, 0)) AS HUGEINT)`
        : `CAST(replace(CAST(CAST(${sql} AS DECIMAL(${precision}, ${scale})) AS VARCHAR), '.', '') AS HUGEINT)`;
  if (shift === 0) return whole;
  const power = `CAST(1${'0'.repeat(Math.abs(shift))} AS HUGEINT)`;
  return shift > 0 ? `${whole} * ${power}` : `${whole} // ${power}`;
}

/** An integer of digits as a decimal with `scale` of them behind the point. */
export function scaled(sql: string, scale: number): string {
  const whole = `CAST(${sql} AS DECIMAL(38, 0))`;
  if (scale === 0) return whole;
  return `${whole} * CAST(0.${'0'.repeat(scale - 1)}1 AS DECIMAL(${scale}, ${scale}))`;
}

function bitsRule(node: Binary, rewriter: Rewriter): string | undefined {
  const use = useOf(rewriter, node);
  if (use?.family === 'byte bits') {
    const [a, b] = [node.left, node.right].map((side) => `CAST(${rewriter.as(side, use.left)} AS BIT)`);
    return `CAST(${node.operator === '#' ? `xor(${a}, ${b})` : `${a} ${node.operator} ${b}`} AS BLOB)`;
  }
  if (use?.family !== 'bits') return undefined;
  const left = rewriter.asOperand(node.left, use.left);
  const right = rewriter.asOperand(node.right, use.right);
  return node.operator === '#' ? `xor(${left}, ${right})` : `${left} ${node.operator} ${right}`;
}

function unaryRule(node: Unary, rewriter: Rewriter): string | undefined {
  const type = rewriter.typeOf(node.operand);
  if (node.operator === 'prior') return rewriter.prior(() => rewriter.operand(node.operand));
  if (node.operator === 'not') return `NOT ${grouped(rewriter.condition(node.operand))}`;
  if (isSuper(type)) return superUnary(node, rewriter);
  const operand = rewriter.binder.operand(node.operand).untyped
    ? rewriter.asOperand(node.operand, rewriter.typeOf(node))
    : rewriter.operand(node.operand);
  switch (node.operator) {
    case '-':
      return node.operand.kind === 'number' ? `-${rewriter.emit(node.operand)}` : `-${grouped(operand)}`;
    case '+':
      return operand;
    case '@':
      return `abs(${operand})`;
    case '|/':
      return `sqrt(${operand})`;
    case '||/':
      return `cbrt(${operand})`;
    case '~':
      if (type.id === 'varbyte') return `CAST(~CAST(${operand} AS BIT) AS BLOB)`;
      return `~${operand}`;
    default:
      return undefined;
  }
}

function superUnary(node: Unary, rewriter: Rewriter): string {
  const access = superAccess(rewriter, node.operand);
  const { settings } = rewriter.binding;
  switch (node.operator) {
    case '-':
      return superArithmetic(
        '-',
        { sql: '0', access: undefined, type: int8 },
        { sql: '', access, type: superType },
        zeroError,
      );
    case '@':
      return `duckshift_super_round('abs', ${superExact(access)}, 0)`;
    case '|/':
      return `sqrt(${superToType(access, { id: 'float8' }, 'implicit', settings)})`;
    case '||/':
      return `cbrt(${superToType(access, { id: 'float8' }, 'implicit', settings)})`;
    case '~':
      return `~${superToType(access, { id: 'int8' }, 'implicit', settings)}`;
    default:
      return rewriter.emit(node.operand);
  }
}
