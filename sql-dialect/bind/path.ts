import type { Expression, FunctionCall, Navigation, Path, PathStep } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import { SqlState } from '../errors.js';
import { scalarFunctions, unsupportedFunctions } from '../functions/index.js';
import { elementType, isSuper, isUnknown, superType } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { displayType } from '../types/type-table.js';
import type { BoundRelation, ColumnReference, PathMeaning } from './binding.js';
import { bindCall } from './call.js';
import { refuseAggregate, refuseWindow } from './checks.js';
import { bindExpression } from './expression.js';
import { columnOf, referenceType, type Scope } from './scope.js';
import type { ExpressionContext, StatementBinder } from './statement-binder.js';

/** Columns PostgreSQL keeps for itself on every table. */
const systemColumns = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid', 'insertxid', 'deletexid']);

/**
 * Decides what a dotted name means: first a relation's column, then a column with a path into its SUPER value, then the
 * alias of a select item ("Querying semistructured data": relation and column names come before paths).
 */
export function bindPath(binder: StatementBinder, node: Path, context: ExpressionContext): RedshiftType {
  const meaning = pathMeaning(binder, node, context);
  binder.binding.paths.set(node, meaning);
  switch (meaning.kind) {
    case 'column': {
      const type = referenceType(meaning.reference);
      return navigated(binder, node.head, type, meaning.steps, context);
    }
    case 'alias':
      return navigated(binder, node.head, binder.binding.typeOf(meaning.item.expression), meaning.steps, context);
    case 'free':
      bindSteps(binder, meaning.steps, context);
      return meaning.steps.some((step) => step.kind === 'field_step') ? superType : { id: 'unknown' };
    case 'call':
      return bindCall(binder, meaning.call, context);
  }
}

/** Steps into the value of an expression that is not a name. */
export function bindNavigation(binder: StatementBinder, node: Navigation, context: ExpressionContext): RedshiftType {
  const type = bindExpression(binder, node.operand, context);
  return navigated(binder, node.operand, type, node.steps, context);
}

function navigated(
  binder: StatementBinder,
  at: Expression | Identifier,
  type: RedshiftType,
  steps: readonly PathStep[],
  context: ExpressionContext,
): RedshiftType {
  const first = steps[0];
  if (first === undefined) return type;
  const element = elementType(type);
  if (element !== undefined && steps.length === 1 && first.kind === 'index_step') {
    bindSteps(binder, steps, context);
    return element;
  }
  if (!isSuper(type) && !isUnknown(type)) {
    const what = first.kind === 'index_step' ? 'subscript' : `attribute "${binder.foldAttribute(first.name)}"`;
    return binder.fail(
      at,
      SqlState.datatypeMismatch,
      `cannot take ${what} of a value of type ${displayType(type, { modifier: false })}: only SUPER values can be navigated`,
    );
  }
  bindSteps(binder, steps, context);
  return superType;
}

export function bindSteps(binder: StatementBinder, steps: readonly PathStep[], context: ExpressionContext): void {
  for (const step of steps) {
    if (step.kind === 'index_step') {
      bindExpression(binder, step.index, context);
      binder.settle(step.index, { id: 'int8' });
    } else if (step.name.value === '*' && !step.name.quoted) {
      binder.unsupported(step, 'a whole row as a value');
    }
  }
}

function pathMeaning(binder: StatementBinder, node: Path, context: ExpressionContext): PathMeaning {
  const { scope } = context;
  const parts = leadingNames(binder, node);
  const [first] = parts;
  if (first === undefined) throw new Error('a path without a name');

  const qualified = qualifiedColumn(binder, node, parts, scope);
  if (qualified !== undefined) return qualified;

  const found = scope.unqualified(first, context.aliasLimit);
  switch (found.kind) {
    case 'column':
      return { kind: 'column', reference: found.reference, steps: node.steps };
    case 'ambiguous':
      return binder.fail(node, SqlState.ambiguousColumn, `column reference "${first}" is ambiguous`);
    case 'alias': {
      const uses = binder.itemUses.get(found.item);
      if (uses !== undefined) checkAliasUses(binder, node, uses, context);
      return { kind: 'alias', item: found.item, steps: node.steps };
    }
    case 'free':
      return freeMeaning(binder, node, parts);
    case 'none':
      return undefinedName(binder, node, parts, context);
  }
}

/** The names a path begins with, up to its first subscript, folded as identifiers. */
function leadingNames(binder: StatementBinder, node: Path): string[] {
  const names = [binder.fold(node.head)];
  for (const step of node.steps) {
    if (step.kind !== 'field_step') break;
    names.push(binder.fold(step.name));
  }
  return names;
}

/** `relation.column`, `schema.relation.column`, `database.schema.relation.column`, with what follows as navigation. */
function qualifiedColumn(
  binder: StatementBinder,
  node: Path,
  parts: readonly string[],
  scope: Scope,
): PathMeaning | undefined {
  for (let qualifiers = 1; qualifiers <= 3 && qualifiers < parts.length; qualifiers++) {
    const name = parts[qualifiers - 1];
    const column = parts[qualifiers];
    if (name === undefined || column === undefined) break;
    const schema = qualifiers >= 2 ? parts[qualifiers - 2] : undefined;
    const database = qualifiers === 3 ? parts[0] : undefined;
    const found = scope.relation(name, schema, database);
    if (found === undefined) continue;
    const { relation } = found;
    const steps = node.steps.slice(qualifiers);
    if (relation.columns === undefined) return { kind: 'free', parts: [relation.alias, column], steps };
    const known = columnOf(relation, column);
    if (known !== undefined) return { kind: 'column', reference: { kind: 'column', relation, column: known }, steps };
    if (qualifiers === 1 && scope.unqualified(name, 0).kind === 'column') continue;
    return undefinedColumn(binder, node, column, [relation]);
  }
  return undefined;
}

/** A name where some relation's columns are unknown: the first part is a column, the rest a path into it. */
function freeMeaning(binder: StatementBinder, node: Path, parts: readonly string[]): PathMeaning {
  const [first = ''] = parts;
  const call = node.steps.length === 0 ? niladicCall(binder, node) : undefined;
  if (call !== undefined) return { kind: 'call', call };
  return { kind: 'free', parts: [first], steps: node.steps };
}

function undefinedName(
  binder: StatementBinder,
  node: Path,
  parts: readonly string[],
  context: ExpressionContext,
): PathMeaning {
  const [first = ''] = parts;
  const call = node.steps.length === 0 ? niladicCall(binder, node) : undefined;
  if (call !== undefined) return { kind: 'call', call };
  const feature = node.head.quoted || parts.length > 1 ? undefined : unsupportedFunctions.get(first);
  if (feature !== undefined) return binder.unsupported(node, feature);
  if (binder.catalog.permissive && !hasRelations(context.scope))
    return { kind: 'free', parts: [first], steps: node.steps };
  if (parts.length > 1) {
    return binder.fail(node, SqlState.undefinedTable, `missing FROM-clause entry for table "${parts.at(-2) ?? first}"`);
  }
  return undefinedColumn(binder, node, first, context.scope.relations);
}

function hasRelations(scope: Scope): boolean {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.parent) {
    if (each.relations.length > 0) return true;
  }
  return false;
}

/** SYSDATE and other routines without parentheses that the grammar took for a name. */
function niladicCall(binder: StatementBinder, node: Path): FunctionCall | undefined {
  if (node.head.quoted) return undefined;
  const name = binder.fold(node.head);
  if (!scalarFunctions.get(name)?.some((definition) => definition.keyword)) return undefined;
  return {
    kind: 'call',
    start: node.start,
    end: node.end,
    name: [node.head],
    form: 'keyword',
    trimSide: undefined,
    args: [],
    star: false,
    distinct: false,
    approximate: false,
    orderBy: [],
    nulls: undefined,
    withinGroup: undefined,
    filter: undefined,
    over: undefined,
  };
}

export function undefinedColumn(
  binder: StatementBinder,
  node: Path | Identifier,
  column: string,
  relations: readonly BoundRelation[],
): never {
  if (systemColumns.has(column)) {
    return binder.fail(node, SqlState.featureNotSupported, `system column "${column}" is not supported`);
  }
  const names = relations.map((relation) => relation.name ?? relation.alias);
  const where = names.length === 0 ? '' : ` in ${names.join(', ')}`;
  const [now] = relations.flatMap(({ relation }) => relation?.formerColumns?.get(column.toLowerCase()) ?? []);
  const extras = now === undefined ? {} : { hint: `It is called "${now}" since the preview of streaming ingestion.` };
  return binder.fail(node, SqlState.undefinedColumn, `column "${column}" does not exist${where}`, extras);
}

/** An alias is replaced by its expression, so it may be used only where that expression is allowed. */
function checkAliasUses(
  binder: StatementBinder,
  node: Path,
  uses: { readonly aggregate: boolean; readonly window: boolean },
  context: ExpressionContext,
): void {
  if (uses.aggregate) {
    refuseAggregate(binder, node, context);
    context.uses.aggregate = true;
  }
  if (uses.window) {
    refuseWindow(binder, node, context);
    context.uses.window = true;
  }
}

/** The relation names a column reference reads, for errors. */
export function referenceName(reference: ColumnReference): string {
  return reference.kind === 'column'
    ? `${reference.relation.name ?? reference.relation.alias}.${reference.column.name}`
    : referenceName(reference.left);
}
