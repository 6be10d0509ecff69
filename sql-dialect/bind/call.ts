import type { Expression, FunctionCall, WindowSpecification } from '../ast/expression.js';
import type { OrderItem } from '../ast/query.js';
import { SqlState } from '../errors.js';
import type { AggregateDefinition, BoundArgument, FunctionDefinition, ParameterKind } from '../functions/contract.js';
import { aggregateFunctions, scalarFunctions, unsupportedFunctions } from '../functions/index.js';
import {
  booleanType,
  canCast,
  dateType,
  float8,
  int4,
  int8,
  intervalType,
  isDateLike,
  isInterval,
  isNumber,
  isString,
  isSuper,
  isUnknown,
  numeric,
  superType,
  timestampType,
  timestamptzType,
  unknownType,
  varchar,
} from '../types/coercion.js';
import { numberLiteralType } from '../types/literal-types.js';
import { resolveBinary } from '../types/operators.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { maximumPrecision } from '../types/type-names.js';
import { displayType, typeCategory } from '../types/type-table.js';
import { alignedArguments } from './conditional.js';
import { bindExpression, bindValues, requireBoolean } from './expression.js';
import { refuseAggregate, refuseWindow } from './path.js';
import type { Scope } from './scope.js';
import { bindSpecialCall } from './special-call.js';
import { constantOf, type ExpressionContext, type StatementBinder } from './statement-binder.js';

/** A call's argument while a definition is being sought. */
interface Candidate {
  readonly node: Expression;
  /** A bare name or string that may be a date part, in lower case. */
  readonly word: string | undefined;
  readonly type: RedshiftType;
  readonly untyped: boolean;
}

/** Binds a call: finds the definition its arguments fit, and the type of its result. */
export function bindCall(binder: StatementBinder, node: FunctionCall, context: ExpressionContext): RedshiftType {
  const name = functionName(binder, node);
  const special = bindSpecialCall(binder, node, name, context);
  if (special !== undefined) return special;
  const aggregate = aggregateFunctions.has(name);
  const definitions = aggregate ? aggregateFunctions.get(name) : scalarFunctions.get(name);
  const windowed = node.over !== undefined;
  if (aggregate && windowed) {
    refuseWindow(binder, node, context);
    context.uses.window = true;
  } else if (aggregate) {
    refuseAggregate(binder, node, context);
    context.uses.aggregate = true;
  }
  const inner: ExpressionContext = aggregate
    ? {
        ...context,
        insideAggregate: context.insideAggregate || !windowed,
        insideWindow: context.insideWindow || windowed,
      }
    : context;
  const candidates = bindArguments(binder, callArguments(node, definitions ?? []), definitions ?? [], inner);
  const definition = chooseDefinition(definitions ?? [], candidates, node.star);
  if (definition === undefined) return undefinedFunction(binder, node, name, candidates, node.star);
  checkForm(binder, node, name, definition, aggregate);
  bindDecoration(binder, node, definition, context, inner);
  if (definition.leaderOnly) binder.leaderCalls.push(node);
  return bindDefinition(binder, node, definition, candidates, aggregate);
}

/** A construct that is a function under another spelling: EXTRACT, AT TIME ZONE. */
export function bindNamedCall(
  binder: StatementBinder,
  node: Expression,
  name: string,
  args: readonly Expression[],
  context: ExpressionContext,
): RedshiftType {
  const definitions = scalarFunctions.get(name) ?? [];
  const candidates = bindArguments(binder, args, definitions, context);
  const definition = chooseDefinition(definitions, candidates, false);
  if (definition === undefined) return undefinedFunction(binder, node, `pg_catalog.${name}`, candidates, false);
  return bindDefinition(binder, node, definition, candidates, false);
}

/**
 * The arguments of a call as the tables take them; the ordered value of WITHIN GROUP comes last where the function's result is one of the ordered values. `TRIM(what FROM
 * text)` names them the other way round.
 */
function callArguments(
  node: FunctionCall,
  definitions: readonly (FunctionDefinition | AggregateDefinition)[],
): readonly Expression[] {
  if (node.form === 'trim' && node.args.length === 2) return [...node.args].reverse();
  const [order] = node.withinGroup ?? [];
  const ordered = definitions.some((definition) => 'window' in definition && definition.withinGroup === 'required');
  return ordered && order !== undefined ? [...node.args, order.expression] : node.args;
}

function bindArguments(
  binder: StatementBinder,
  args: readonly Expression[],
  definitions: readonly FunctionDefinition[],
  context: ExpressionContext,
): Candidate[] {
  return args.map((arg, i) => {
    const mayBeWord = definitions.some((definition) => definition.parameters[i] === 'word');
    return bindArgument(binder, arg, mayBeWord, context);
  });
}

/** A function's name, folded; a schema other than pg_catalog holds user-defined functions, which there are none of. */
function functionName(binder: StatementBinder, node: FunctionCall): string {
  const parts = node.name.map((part) => binder.fold(part));
  const own = parts.at(-1) ?? '';
  const name = node.approximate ? `approximate ${own}` : node.form === 'trim' ? trimFunction(node) : own;
  if (parts.length === 1 || (parts.length === 2 && (parts[0] === 'pg_catalog' || parts[0] === 'information_schema'))) {
    return name;
  }
  return parts.join('.');
}

/** `TRIM(LEADING …)` and its kin are the functions of one side. */
function trimFunction(node: FunctionCall): string {
  if (node.trimSide === 'leading') return 'ltrim';
  return node.trimSide === 'trailing' ? 'rtrim' : 'btrim';
}

function bindArgument(
  binder: StatementBinder,
  node: Expression,
  mayBeWord: boolean,
  context: ExpressionContext,
): Candidate {
  if (mayBeWord) {
    if (node.kind === 'path' && node.steps.length === 0) {
      return { node, word: node.head.value.toLowerCase(), type: unknownType, untyped: false };
    }
    if (node.kind === 'string') {
      bindExpression(binder, node, context);
      return { node, word: node.value.trim().toLowerCase(), type: binder.binding.typeOf(node), untyped: true };
    }
  }
  bindExpression(binder, node, context);
  return { node, word: undefined, ...binder.operand(node) };
}

/** First the definition that takes the arguments as they stand, else the first that takes them with implicit casts. */
function chooseDefinition(
  definitions: readonly (FunctionDefinition | AggregateDefinition)[],
  candidates: readonly Candidate[],
  star: boolean,
): FunctionDefinition | AggregateDefinition | undefined {
  if (star) return definitions.find((definition) => definition.parameters.length === 0);
  const fitting = definitions.filter((definition) => fitsCount(definition, candidates.length));
  const takes = (accepts: (kind: ParameterKind, candidate: Candidate) => boolean) =>
    fitting.find((definition) => candidates.every((candidate, i) => accepts(parameterKind(definition, i), candidate)));
  // A SUPER number may have a fraction: a float takes it before an integer or a decimal would cut it.
  return takes(acceptsAsItStands) ?? takes(acceptsWithoutCutting) ?? takes(acceptsWithCast);
}

function fitsCount(definition: FunctionDefinition, count: number): boolean {
  const { parameters, optional = 0, variadic = false } = definition;
  return count >= parameters.length - optional && (variadic || count <= parameters.length);
}

function parameterKind(definition: FunctionDefinition, index: number): ParameterKind {
  return definition.parameters[index] ?? definition.parameters.at(-1) ?? 'any';
}

function acceptsAsItStands(kind: ParameterKind, { type, untyped, word }: Candidate): boolean {
  if (kind === 'word') return word !== undefined;
  if (word !== undefined && !untyped) return false;
  if (kind === 'any' || untyped || isUnknown(type)) return true;
  switch (kind) {
    case 'boolean':
      return type.id === 'bool';
    case 'integer':
      return type.id === 'int2' || type.id === 'int4';
    case 'bigint':
      return typeCategory(type) === 'integer';
    case 'numeric':
      return type.id === 'numeric' || typeCategory(type) === 'integer';
    case 'float':
      return typeCategory(type) === 'float';
    case 'number':
      return isNumber(type);
    case 'string':
      return isString(type);
    case 'datetime':
      return isDateLike(type) || typeCategory(type) === 'time';
    case 'interval':
      return isInterval(type);
    case 'oid':
      return typeCategory(type) === 'object' || typeCategory(type) === 'integer';
    default:
      return type.id === kind;
  }
}

function acceptsWithCast(kind: ParameterKind, candidate: Candidate): boolean {
  if (acceptsAsItStands(kind, candidate)) return true;
  if (kind === 'word' || (candidate.word !== undefined && !candidate.untyped)) return false;
  const target = targetType(kind, candidate);
  return target !== undefined && canCast(candidate.type, target, 'implicit');
}

function acceptsWithoutCutting(kind: ParameterKind, candidate: Candidate): boolean {
  const cuts = kind === 'integer' || kind === 'bigint' || kind === 'numeric';
  return !(cuts && isSuper(candidate.type)) && acceptsWithCast(kind, candidate);
}

/** The type an argument is brought to for a parameter; undefined: it stays as it is. */
function targetType(kind: ParameterKind, candidate: Candidate): RedshiftType | undefined {
  const { type, untyped } = candidate;
  switch (kind) {
    case 'any':
    case 'word':
      return undefined;
    case 'boolean':
      return booleanType;
    case 'integer':
      return int4;
    case 'bigint':
      return isNumber(type) && typeCategory(type) === 'integer' ? undefined : int8;
    case 'numeric':
      if (type.id === 'numeric' || typeCategory(type) === 'integer') return undefined;
      return untyped ? numericOfText(constantOf(candidate.node)) : numeric(maximumPrecision, 10);
    case 'float':
      return float8;
    case 'number':
      return isNumber(type) ? undefined : float8;
    case 'string':
      return isString(type) ? undefined : varchar(undefined);
    case 'varbyte':
      return { id: 'varbyte' };
    case 'date':
      return dateType;
    case 'time':
      return { id: 'time' };
    case 'timetz':
      return { id: 'timetz' };
    case 'timestamp':
      return timestampType;
    case 'timestamptz':
      return timestamptzType;
    case 'datetime':
      return untyped || !(isDateLike(type) || typeCategory(type) === 'time') ? timestampType : undefined;
    case 'interval':
      return isInterval(type) ? undefined : intervalType;
    case 'super':
      return superType;
    case 'oid':
      return untyped ? { id: 'oid' } : undefined;
  }
}

function numericOfText(text: string | null | undefined): RedshiftType {
  const digits = text?.trim().replace(/^[+-]/, '') ?? '';
  if (!/^\d*\.?\d+$|^\d+\.$/.test(digits)) return numeric(maximumPrecision, 10);
  const type = numberLiteralType(digits);
  return type.id === 'numeric' ? type : numeric(Math.min(Math.max(digits.length, 1), maximumPrecision), 0);
}

function undefinedFunction(
  binder: StatementBinder,
  node: Expression,
  name: string,
  candidates: readonly Candidate[],
  star: boolean,
): never {
  const feature = unsupportedFunctions.get(name.replace(/^pg_catalog\./, ''));
  if (feature !== undefined) binder.fail(node, SqlState.featureNotSupported, `${feature} is not supported`);
  const types = candidates.map(({ type, untyped }) => displayType(untyped ? unknownType : type, { modifier: false }));
  return binder.fail(
    node,
    SqlState.undefinedFunction,
    `function ${name}(${star ? '*' : types.join(', ')}) does not exist`,
    { hint: 'No function matches the given name and argument types. You may need to add explicit type casts.' },
  );
}

/** Refuses clauses that the function does not take. */
function checkForm(
  binder: StatementBinder,
  node: FunctionCall,
  name: string,
  definition: FunctionDefinition | AggregateDefinition,
  aggregate: boolean,
): void {
  if (!aggregate || !('window' in definition)) {
    if (node.over !== undefined) {
      binder.fail(
        node,
        SqlState.wrongObjectType,
        `OVER specified, but ${name} is not a window function nor an aggregate function`,
      );
    }
    if (node.distinct || node.orderBy.length > 0 || node.filter !== undefined || node.withinGroup !== undefined) {
      binder.fail(node, SqlState.wrongObjectType, `${name} is not an aggregate function`);
    }
    return;
  }
  if (node.over === undefined && !definition.aggregate) {
    binder.fail(node, SqlState.windowingError, `window function ${name} requires an OVER clause`);
  }
  if (node.over !== undefined && !definition.window) {
    binder.fail(node, SqlState.featureNotSupported, `${name} is not supported as a window function`);
  }
  if (node.withinGroup !== undefined && definition.withinGroup === undefined) {
    binder.fail(
      node,
      SqlState.wrongObjectType,
      `${name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP`,
    );
  }
  if (node.withinGroup === undefined && definition.withinGroup === 'required') {
    binder.fail(node, SqlState.wrongObjectType, `WITHIN GROUP is required for ordered-set aggregate ${name}`);
  }
  if (node.nulls === 'ignore' && !definition.nullTreatment) {
    binder.fail(node, SqlState.featureNotSupported, `IGNORE NULLS is not supported for ${name}`);
  }
  if (node.distinct && node.over !== undefined) {
    binder.fail(node, SqlState.featureNotSupported, 'DISTINCT is not supported for window functions');
  }
}

/** FILTER, WITHIN GROUP, ORDER BY inside the call, OVER. */
function bindDecoration(
  binder: StatementBinder,
  node: FunctionCall,
  definition: FunctionDefinition | AggregateDefinition,
  outer: ExpressionContext,
  inner: ExpressionContext,
): void {
  if (node.filter !== undefined) {
    bindExpression(binder, node.filter, inner);
    requireBoolean(binder, node.filter, 'FILTER');
  }
  bindOrder(binder, node.orderBy, inner);
  // The ordered value of a percentile is bound as an argument already.
  for (const item of node.withinGroup ?? []) {
    if (!binder.binding.types.has(item.expression)) bindExpression(binder, item.expression, inner);
  }
  if (node.over?.kind === 'window') bindWindow(binder, node.over, { ...outer, insideWindow: true });
  if (node.over !== undefined) checkOver(binder, node, node.over, definition, outer.scope);
}

/** Ranking functions need an order; aggregates over an ordered window need a frame ("Window functions", AWS developer guide). */
function checkOver(
  binder: StatementBinder,
  node: FunctionCall,
  over: NonNullable<FunctionCall['over']>,
  definition: FunctionDefinition | AggregateDefinition,
  scope: Scope,
): void {
  const named = over.kind === 'identifier' ? over : over.base;
  const base = named === undefined ? undefined : scope.windows.get(binder.fold(named));
  if (named !== undefined && base === undefined) {
    binder.fail(named, SqlState.undefinedObject, `window "${binder.fold(named)}" does not exist`);
  }
  if (!('window' in definition)) return;
  const own = over.kind === 'window' ? over : undefined;
  const ordered = (own?.orderBy.length ?? 0) > 0 || (base?.orderBy.length ?? 0) > 0;
  const framed = own?.frame !== undefined || base?.frame !== undefined;
  if (definition.needsOrder && !ordered) {
    binder.fail(node, SqlState.windowingError, `window function ${definition.name} requires an ORDER BY clause`);
  }
  if (definition.aggregate && ordered && !framed && definition.name !== 'listagg') {
    binder.fail(
      node,
      SqlState.windowingError,
      'Aggregate window functions with an ORDER BY clause require a frame clause',
    );
  }
}

export function bindWindow(binder: StatementBinder, window: WindowSpecification, context: ExpressionContext): void {
  for (const expression of window.partitionBy) bindExpression(binder, expression, context);
  bindOrder(binder, window.orderBy, context);
  const { frame } = window;
  if (frame === undefined) return;
  if (frame.unit !== 'rows') {
    binder.unsupported(frame, `a ${frame.unit.toUpperCase()} window frame`);
  }
  for (const bound of [frame.from, frame.to]) {
    if (bound?.offset === undefined) continue;
    bindExpression(binder, bound.offset, context);
    binder.settle(bound.offset, int8);
  }
}

function bindOrder(binder: StatementBinder, items: readonly OrderItem[], context: ExpressionContext): void {
  for (const item of items) bindExpression(binder, item.expression, context);
}

function bindDefinition(
  binder: StatementBinder,
  node: Expression,
  definition: FunctionDefinition | AggregateDefinition,
  candidates: readonly Candidate[],
  aggregate: boolean,
): RedshiftType {
  const aligned = alignedArguments(definition.name, candidates.length);
  const common =
    aligned === undefined
      ? undefined
      : bindValues(
          binder,
          node,
          aligned.values.flatMap((i) => candidates[i]?.node ?? []),
          definition.name.toUpperCase(),
        );
  alignComparisons(binder, candidates, aligned?.comparisons ?? []);
  const argumentTypes: (RedshiftType | undefined)[] = [];
  const words: (string | undefined)[] = [];
  const args: BoundArgument[] = candidates.map((candidate, i) => {
    const kind = parameterKind(definition, i);
    const word = kind === 'word' ? candidate.word : undefined;
    const target = aligned?.values.includes(i) ? common : targetType(kind, candidate);
    const change = target !== undefined && !isUnknown(target) && !isUnknownColumn(candidate);
    if (change) binder.settle(candidate.node, target);
    argumentTypes.push(change ? target : undefined);
    words.push(word);
    return {
      sql: '',
      type: change ? target : binder.binding.typeOf(candidate.node),
      node: candidate.node,
      constant: constantOf(candidate.node),
      word,
    };
  });
  const bound = candidates.map((candidate) => candidate.node);
  binder.binding.calls.set(node, { definition, aggregate, args: bound, argumentTypes, words });
  if (common !== undefined && aligned?.resultIsCommon) return common;
  return typeof definition.returns === 'function' ? definition.returns(args) : definition.returns;
}

/** A column of an unknown relation stays as it is; what it is compared or combined with shows only at run time. */
function isUnknownColumn(candidate: Candidate): boolean {
  return isUnknown(candidate.type) && !candidate.untyped;
}

/** DECODE and NULLIF compare their arguments: noted under the right one. */
function alignComparisons(
  binder: StatementBinder,
  candidates: readonly Candidate[],
  pairs: readonly (readonly [number, number])[],
): void {
  for (const [left, right] of pairs) {
    const [a, b] = [candidates[left]?.node, candidates[right]?.node];
    if (a === undefined || b === undefined) continue;
    const use = resolveBinary('=', binder.operand(a), binder.operand(b));
    if (use === undefined) {
      const [x, y] = [a, b].map((arg) => displayType(binder.binding.typeOf(arg), { modifier: false }));
      binder.fail(b, SqlState.undefinedFunction, `operator does not exist: ${x} = ${y}`);
    }
    binder.settle(a, use.left);
    binder.settle(b, use.right);
    binder.binding.operators.set(b, use);
  }
}
