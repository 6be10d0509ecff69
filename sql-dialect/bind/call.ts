import type { Expression, FunctionCall } from '../ast/expression.js';
import { SqlState } from '../errors.js';
import type { AggregateDefinition, BoundArgument, FunctionDefinition } from '../functions/contract.js';
import { aggregateFunctions, scalarFunctions, unsupportedFunctions } from '../functions/index.js';
import { tableFunctions } from '../functions/table-functions.js';
import { isUnknown, unknownType } from '../types/coercion.js';
import { resolveBinary } from '../types/operators.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { displayType } from '../types/type-table.js';
import { refuseAggregate, refuseWindow, requireBoolean } from './checks.js';
import { alignedArguments } from './conditional.js';
import { bindExpression, bindValues } from './expression.js';
import { type Candidate, chooseDefinition, parameterKind, targetType } from './overload.js';
import { bindSpecialCall } from './special-call.js';
import { constantOf, type ExpressionContext, type StatementBinder } from './statement-binder.js';
import { bindOrder, bindWindow, checkOver } from './window.js';

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
 * The arguments of a call as the tables take them; the ordered value of WITHIN GROUP comes last where the function's
 * result is one of the ordered values. `TRIM(what FROM text)` names them the other way round.
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

/** `TRIM(LEADING …)` and `TRIM(TRAILING …)` are the functions of one side. */
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

function undefinedFunction(
  binder: StatementBinder,
  node: Expression,
  name: string,
  candidates: readonly Candidate[],
  star: boolean,
): never {
  const bare = name.replace(/^pg_catalog\./, '');
  const feature =
    unsupportedFunctions.get(bare) ?? (tableFunctions.has(bare) ? `the function ${bare} outside FROM` : undefined);
  if (feature !== undefined) binder.fail(node, SqlState.featureNotSupported, `${feature} is not supported`);
  const types = candidates.map(({ type, untyped }) => displayType(untyped ? unknownType : type, { modifier: false }));
  return binder.fail(
    node,
    SqlState.undefinedFunction,
    `function ${name}(${star ? '*' : types.join(', ')}) does not exist`,
    { hint: 'No function matches the given name and argument types. You may need to add explicit type casts.' },
  );
}

/** A literal, cast or not. */
function isConstant(node: Expression): boolean {
  return node.kind === 'cast' ? isConstant(node.operand) : constantOf(node) !== undefined;
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
  const [fraction] = node.args;
  if (definition.withinGroup === 'required' && fraction !== undefined && !isConstant(fraction)) {
    binder.fail(
      fraction,
      SqlState.featureNotSupported,
      `${name} of a fraction that is not a constant is not supported`,
    );
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
    binder.binding.comparisons.set(b, use);
  }
}
