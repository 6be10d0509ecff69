import type { FunctionCall } from '../ast/expression.js';
import { SqlState } from '../errors.js';
import { aggregateFunctions, scalarFunctions } from '../functions/index.js';
import { canCast, int4, int8 } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { typeFromName } from '../types/type-names.js';
import { displayType } from '../types/type-table.js';
import type { SpecialCall } from './binding.js';
import { bindExpression } from './expression.js';
import type { ExpressionContext, StatementBinder } from './statement-binder.js';

/**
 * Binds a call that is not in the function tables: GROUPING, GENERATE_SERIES as a set of rows, or a type's name used as
 * a cast (`date(x)`). Undefined for any other.
 */
export function bindSpecialCall(
  binder: StatementBinder,
  node: FunctionCall,
  name: string,
  context: ExpressionContext,
): RedshiftType | undefined {
  const special = specialCall(node, name);
  if (special === undefined) {
    if (isGrouping(name))
      binder.fail(node, SqlState.syntaxError, `${name}() takes columns of GROUP BY and nothing else`);
    return undefined;
  }
  for (const arg of node.args) {
    bindExpression(binder, arg, context);
    if (special.kind === 'series') binder.settle(arg, int8);
  }
  binder.binding.specialCalls.set(node, special);
  if (special.kind === 'grouping') {
    context.uses.grouping = [...(context.uses.grouping ?? []), node];
    return int4;
  }
  if (special.kind === 'series') return int8;
  const [operand] = node.args;
  if (operand === undefined) return special.type;
  binder.settle(operand, special.type);
  const { type, untyped } = binder.operand(operand);
  if (!untyped && !canCast(type, special.type, 'explicit')) {
    const shown = displayType(type, { modifier: false });
    binder.fail(node, SqlState.undefinedFunction, `function ${name}(${shown}) does not exist`);
  }
  return special.type;
}

function isGrouping(name: string): boolean {
  return name === 'grouping' || name === 'grouping_id';
}

function specialCall(node: FunctionCall, name: string): SpecialCall | undefined {
  const plain = node.form === 'plain' && !node.star && !node.distinct && node.over === undefined && !node.approximate;
  if (!plain || node.args.length === 0) return undefined;
  if (isGrouping(name)) return { kind: 'grouping' };
  if (name === 'generate_series' && node.args.length <= 3) return { kind: 'series' };
  if (node.args.length !== 1 || scalarFunctions.has(name) || aggregateFunctions.has(name)) return undefined;
  const type = typeFromName(name);
  if ('code' in type) return undefined;
  return { kind: 'cast', type: type.length === undefined ? type : { id: type.id } };
}
