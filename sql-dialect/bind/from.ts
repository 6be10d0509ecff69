import type { Expression, FunctionCall, Path, PathStep } from '../ast/expression.js';
import type { Identifier, NodeBase } from '../ast/node.js';
import type {
  FromItem,
  FunctionItem,
  ParenthesizedFrom,
  PathItem,
  RelationItem,
  SubqueryItem,
  TableAlias,
  UnnestItem,
  UnpivotObjectItem,
} from '../ast/query.js';
import type { ObjectName, Relation } from '../catalog.js';
import { SqlState } from '../errors.js';
import { type TableFunction, tableFunctions } from '../functions/table-functions.js';
import { elementType, int8, isSuper, isUnknown, superType, varchar } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { displayType } from '../types/type-table.js';
import type { BoundColumn, BoundRelation, UnnestSource } from './binding.js';
import { renamedColumns } from './checks.js';
import { bindExpression } from './expression.js';
import { bindJoin } from './join.js';
import { bindPivot, bindUnpivot } from './pivot.js';
import { bindQuery } from './query.js';
import { columnOf, type Scope, uniqueNames } from './scope.js';
import { expressionContext, type StatementBinder } from './statement-binder.js';

/** Binds the items of a FROM clause from left to right: each sees the ones before it where it may. */
export function bindFromList(binder: StatementBinder, items: readonly FromItem[], scope: Scope): void {
  for (const item of items) bindFromItem(binder, item, scope);
}

export function bindFromItem(binder: StatementBinder, item: FromItem, scope: Scope): void {
  switch (item.kind) {
    case 'relation':
      bindRelationItem(binder, item, scope);
      break;
    case 'subquery':
      bindSubquery(binder, item, scope);
      break;
    case 'join':
      bindJoin(binder, item, scope);
      break;
    case 'path_item':
      bindPathItem(binder, item, scope);
      break;
    case 'unnest':
      bindUnnest(binder, item, scope);
      break;
    case 'unpivot_object':
      bindUnpivotObject(binder, item, scope);
      break;
    case 'function_item':
      bindFunctionItem(binder, item, scope);
      break;
    case 'parenthesized_from':
      bindParenthesized(binder, item, scope);
      break;
    case 'pivot':
      bindPivot(binder, item, scope);
      break;
    case 'unpivot':
      bindUnpivot(binder, item, scope);
      break;
  }
}

/** Adds a relation to the scope; 42712 when its name is taken there. */
export function addRelation(
  binder: StatementBinder,
  scope: Scope,
  at: NodeBase,
  relation: Omit<BoundRelation, 'alias'>,
  wanted: string,
): BoundRelation {
  const { name } = relation;
  const clash =
    name !== undefined &&
    scope.relations.some(
      (other) =>
        other.name === name &&
        (relation.schema === undefined ||
          other.schema === undefined ||
          (other.schema === relation.schema && other.database === relation.database)),
    );
  if (clash) binder.fail(at, SqlState.duplicateAlias, `table name "${name}" specified more than once`);
  const bound = { ...relation, alias: scope.freeAlias(wanted) };
  scope.add(bound);
  return bound;
}

function bindRelationItem(binder: StatementBinder, item: RelationItem, scope: Scope): void {
  const parts = item.name.parts.map((part) => binder.fold(part));
  if (isUnnest(binder, item, parts, scope)) {
    bindPathUnnest(binder, item, scope);
    return;
  }
  const name = parts.at(-1) ?? '';
  const table = parts.length === 1 ? scope.commonTable(name) : undefined;
  if (table !== undefined) {
    refuseAt(binder, item);
    const relation = aliased(binder, scope, item, item.alias, name, table.columns, undefined);
    binder.binding.from.set(item, { kind: 'common table', relation, duckdb: table.duckdb });
    return;
  }
  const catalogued = lookUp(binder, item, parts);
  refuseAt(binder, item);
  bindCatalogRelation(binder, item, catalogued, scope);
}

function refuseAt(binder: StatementBinder, item: RelationItem): void {
  if (item.at !== undefined) {
    binder.fail(item.at, SqlState.datatypeMismatch, 'AT is for SUPER values that are unnested, not for tables');
  }
}

/**
 * A dotted name is a path into a SUPER value when its first part is a table of this FROM, or a column while no such
 * table exists.
 */
function isUnnest(binder: StatementBinder, item: RelationItem, parts: readonly string[], scope: Scope): boolean {
  const [first = '', second] = parts;
  if (second === undefined) {
    if (scope.commonTable(first) !== undefined) return false;
    return isSuperColumn(scope, first) && findRelation(binder, item, parts) === undefined;
  }
  const found = scope.relation(first);
  if (found !== undefined) {
    const { columns } = found.relation;
    if (columns === undefined || columnOf(found.relation, second) !== undefined) return true;
    return isSuperColumn(scope, first);
  }
  return isSuperColumn(scope, first) && findRelation(binder, item, parts) === undefined;
}

function isSuperColumn(scope: Scope, name: string): boolean {
  const found = scope.unqualified(name, 0);
  return found.kind === 'column' && found.reference.kind === 'column' && isSuper(found.reference.column.type);
}

function objectName(parts: readonly string[]): ObjectName {
  return { database: parts.at(-3), schema: parts.at(-2), name: parts.at(-1) ?? '' };
}

/** The relation of that name, or undefined; a missing schema counts as no relation. */
function findRelation(binder: StatementBinder, item: RelationItem, parts: readonly string[]): Relation | undefined {
  const name = objectName(parts);
  if (name.schema !== undefined && !binder.catalog.hasSchema(name.database, name.schema)) return undefined;
  return binder.atNode(item, () => binder.catalog.relation(name));
}

function lookUp(binder: StatementBinder, item: RelationItem, parts: readonly string[]): Relation {
  const relation = binder.atNode(item, () => binder.catalog.relation(objectName(parts)));
  if (relation !== undefined) return relation;
  return binder.fail(item.name, SqlState.undefinedTable, `relation "${parts.join('.')}" does not exist`);
}

function bindCatalogRelation(binder: StatementBinder, item: RelationItem, relation: Relation, scope: Scope): void {
  binder.binding.addRead(relation);
  const expanded = relation.query === undefined ? undefined : binder.expandView(item, relation);
  const columns =
    expanded?.columns ??
    relation.columns?.map((column): BoundColumn => {
      const source = { schema: relation.schema, relation: relation.name, column: column.name };
      return {
        name: column.name,
        duckdb: column.duckdb ?? column.name,
        type: column.type,
        notNull: column.notNull,
        source,
      };
    });
  const bound = aliased(binder, scope, item, item.alias, relation.name, columns, relation);
  const duckdb = expanded === undefined ? relation.duckdb : `(${expanded.duckdb})`;
  binder.binding.from.set(item, { kind: 'relation', relation: bound, duckdb });
}

/** Puts a relation into scope under its alias and the alias's column names, or else under its own name. */
export function aliased(
  binder: StatementBinder,
  scope: Scope,
  at: NodeBase,
  alias: TableAlias | undefined,
  ownName: string | undefined,
  columns: readonly BoundColumn[] | undefined,
  relation: Relation | undefined,
): BoundRelation {
  if (alias === undefined) {
    const own = { name: ownName, schema: relation?.schema, database: relation?.database, columns, relation };
    return addRelation(binder, scope, at, own, ownName ?? 'subquery');
  }
  const name = binder.fold(alias.name);
  const renamed = renamedColumns(binder, alias.columns, columns, name, alias.name);
  return addRelation(
    binder,
    scope,
    alias,
    { name, schema: undefined, database: undefined, columns: renamed, relation },
    name,
  );
}

function bindSubquery(binder: StatementBinder, item: SubqueryItem, scope: Scope): void {
  const { columns } = bindQuery(binder, item.query, item.lateral ? scope : scope.parent);
  const relation = aliased(binder, scope, item, item.alias, undefined, columns, undefined);
  binder.binding.from.set(item, { kind: 'derived', relation });
}

function bindPathUnnest(binder: StatementBinder, item: RelationItem, scope: Scope): void {
  const [head, ...rest] = item.name.parts;
  if (head === undefined) return;
  const steps: PathStep[] = rest.map((name) => ({ kind: 'field_step', start: name.start, end: name.end, name }));
  const path: Path = { kind: 'path', start: item.name.start, end: item.name.end, head, steps };
  unnestArray(binder, item, path, item.alias, item.at, scope);
}

function bindPathItem(binder: StatementBinder, item: PathItem, scope: Scope): void {
  unnestArray(binder, item, item.path, item.alias, item.at, scope);
}

/** `path AS element AT index`: the element is one column of the alias's name, the index another. */
function unnestArray(
  binder: StatementBinder,
  item: RelationItem | PathItem,
  path: Expression,
  alias: TableAlias | undefined,
  at: Identifier | undefined,
  scope: Scope,
): void {
  const source = bindSource(binder, path, scope);
  const name = alias === undefined ? lastStep(binder, path) : binder.fold(alias.name);
  const names = [name, at === undefined ? undefined : binder.fold(at)];
  addUnnest(binder, item, scope, name, names, source, 'array');
}

function lastStep(binder: StatementBinder, path: Expression): string {
  if (path.kind !== 'path' && path.kind !== 'navigation') return 'element';
  for (let i = path.steps.length - 1; i >= 0; i--) {
    const step = path.steps[i];
    if (step?.kind === 'field_step') return binder.foldAttribute(step.name);
  }
  return path.kind === 'path' ? binder.fold(path.head) : 'element';
}

/** Binds what is iterated over and checks that it can be. */
function bindSource(binder: StatementBinder, node: Expression, scope: Scope): UnnestSource {
  return iterated(binder, node, bindExpression(binder, node, expressionContext(scope, 'FROM')));
}

function iterated(binder: StatementBinder, node: Expression, type: RedshiftType): UnnestSource {
  if (!isSuper(type) && !isUnknown(type)) {
    const shown = displayType(type, { modifier: false });
    binder.fail(
      node,
      SqlState.datatypeMismatch,
      `cannot unnest a value of type ${shown}: only SUPER values can be unnested`,
    );
  }
  return { node };
}

function bindUnnest(binder: StatementBinder, item: UnnestItem, scope: Scope): void {
  const name = item.alias === undefined ? 'unnest' : binder.fold(item.alias.name);
  const type = bindExpression(binder, item.expression, expressionContext(scope, 'FROM'));
  const element = elementType(type);
  if (element !== undefined && !item.withOffset) {
    const column: BoundColumn = { name, duckdb: name, type: element, notNull: false };
    const relation = aliasedFunction(binder, scope, item, name, column);
    binder.binding.from.set(item, { kind: 'function', relation, form: 'scalar' });
    return;
  }
  const source = iterated(binder, item.expression, type);
  const [value, offset] = item.alias?.columns ?? [];
  const names = [
    value === undefined ? name : binder.fold(value),
    item.withOffset ? (offset === undefined ? 'offset_col' : binder.fold(offset)) : undefined,
  ];
  addUnnest(binder, item, scope, name, names, source, 'array');
}

function bindUnpivotObject(binder: StatementBinder, item: UnpivotObjectItem, scope: Scope): void {
  const source = bindSource(binder, item.expression, scope);
  const name = item.value === undefined ? 'value' : binder.fold(item.value);
  const names = [name, item.at === undefined ? undefined : binder.fold(item.at)];
  addUnnest(binder, item, scope, name, names, source, 'object');
}

function addUnnest(
  binder: StatementBinder,
  item: RelationItem | PathItem | UnnestItem | UnpivotObjectItem,
  scope: Scope,
  name: string,
  [value = name, index]: readonly (string | undefined)[],
  source: UnnestSource,
  over: 'array' | 'object',
): void {
  const unique = uniqueNames(index === undefined ? [value] : [value, index]);
  const columns: BoundColumn[] = [{ name: value, duckdb: unique[0] ?? value, type: superType, notNull: false }];
  if (index !== undefined) {
    const type = over === 'array' ? int8 : varchar(65_535);
    columns.push({ name: index, duckdb: unique[1] ?? index, type, notNull: true });
  }
  const relation = addRelation(
    binder,
    scope,
    item,
    { name, schema: undefined, database: undefined, columns, relation: undefined },
    name,
  );
  binder.binding.from.set(item, { kind: 'unnest', relation, source, over });
}

/** A function in FROM: one row with its value, or the rows of a set-returning function. */
function bindFunctionItem(binder: StatementBinder, item: FunctionItem, scope: Scope): void {
  const { call } = item;
  const name =
    call.kind === 'call'
      ? binder.fold(call.name.at(-1) ?? { ...call, kind: 'identifier', value: '', quoted: false })
      : 'function';
  if (call.kind === 'call' && name === 'generate_series') {
    for (const arg of call.args) {
      bindExpression(binder, arg, expressionContext(scope, 'FROM'));
      binder.settle(arg, int8);
    }
    const series: BoundColumn = { name, duckdb: name, type: int8, notNull: true };
    const relation = aliasedFunction(binder, scope, item, name, series);
    binder.binding.from.set(item, { kind: 'function', relation, form: 'series' });
    return;
  }
  const table = tableFunctions.get(name);
  if (call.kind === 'call' && table !== undefined) {
    bindTableFunction(binder, item, name, call, table, scope);
    return;
  }
  if (item.alias?.columnTypes.some((type) => type !== undefined)) {
    binder.unsupported(item, `the function ${name} in FROM`);
  }
  const type = bindExpression(binder, call, expressionContext(scope, 'FROM'));
  const relation = aliasedFunction(binder, scope, item, name, { name, duckdb: name, type, notNull: false });
  binder.binding.from.set(item, { kind: 'function', relation, form: 'scalar' });
}

/** A function of several columns; a column definition list names them, and their types are the function's own. */
function bindTableFunction(
  binder: StatementBinder,
  item: FunctionItem,
  name: string,
  call: FunctionCall,
  definition: TableFunction,
  scope: Scope,
): void {
  if (call.args.length !== definition.parameters)
    binder.fail(call, SqlState.undefinedFunction, `function ${name} with ${call.args.length} arguments does not exist`);
  for (const arg of call.args) {
    bindExpression(binder, arg, expressionContext(scope, 'FROM'));
    binder.settle(arg, varchar(undefined));
  }
  const columns = definition.columns.map(
    ([column, type]): BoundColumn => ({ name: column, duckdb: column, type, notNull: false }),
  );
  const relation = aliased(binder, scope, item, item.alias, name, columns, undefined);
  binder.binding.from.set(item, { kind: 'table function', relation, definition });
}

/** The one column of a function takes the alias's name unless the alias names columns. */
function aliasedFunction(
  binder: StatementBinder,
  scope: Scope,
  item: FunctionItem | UnnestItem,
  name: string,
  column: BoundColumn,
): BoundRelation {
  const { alias } = item;
  if (alias === undefined) return aliased(binder, scope, item, undefined, name, [column], undefined);
  const label = alias.columns.length > 0 ? column.name : binder.fold(alias.name);
  return aliased(binder, scope, item, alias, name, [{ ...column, name: label, duckdb: label }], undefined);
}

/** Parentheses around a join; with an alias the join's columns become that alias's. */
function bindParenthesized(binder: StatementBinder, item: ParenthesizedFrom, scope: Scope): void {
  if (item.alias === undefined) {
    bindFromItem(binder, item.item, scope);
    binder.binding.from.set(item, { kind: 'group', relation: undefined, visible: [] });
    return;
  }
  const inner = scope.child();
  bindFromItem(binder, item.item, inner);
  const labels = uniqueNames(inner.visible.map((column) => column.name));
  const columns = inner.open
    ? undefined
    : inner.visible.map(
        ({ name, type, notNull }, i): BoundColumn => ({ name, duckdb: labels[i] ?? name, type, notNull }),
      );
  const relation = aliased(binder, scope, item, item.alias, undefined, columns, undefined);
  binder.binding.from.set(item, { kind: 'group', relation, visible: inner.visible });
}
