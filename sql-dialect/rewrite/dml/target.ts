import type { Expression } from '../../ast/expression.js';
import type { Identifier, NodeBase } from '../../ast/node.js';
import type { RelationName, TableAlias, WithClause } from '../../ast/query.js';
import type { BoundColumn, BoundRelation } from '../../bind/binding.js';
import { bindExpression } from '../../bind/expression.js';
import { addRelation } from '../../bind/from.js';
import { bindWith } from '../../bind/query.js';
import { Scope } from '../../bind/scope.js';
import { expressionContext, type StatementBinder } from '../../bind/statement-binder.js';
import type { ObjectName, Relation } from '../../catalog.js';
import { SqlState } from '../../errors.js';
import type { DmlPlan } from '../../plan.js';
import { canCast, isUnknown } from '../../types/coercion.js';
import type { RedshiftType } from '../../types/redshift-type.js';
import { displayType } from '../../types/type-table.js';
import type { Rewriter } from '../rewriter.js';

/** Words for what a statement does, in errors. */
type Verb = 'insert into' | 'update' | 'delete from' | 'merge into';

/** The table a statement changes; 42P01 when there is none, 42809 for what cannot be changed. */
export function targetRelation(binder: StatementBinder, node: RelationName, verb: Verb): Relation {
  const parts = node.parts.map((part) => binder.fold(part));
  const name: ObjectName = { database: parts.at(-3), schema: parts.at(-2), name: parts.at(-1) ?? '' };
  const relation = binder.atNode(node, () => binder.catalog.relation(name));
  if (relation === undefined) {
    return binder.fail(node, SqlState.undefinedTable, `relation "${parts.join('.')}" does not exist`);
  }
  const deletable = verb === 'delete from' && relation.kind === 'materialized_view';
  if (relation.kind !== 'table' && relation.kind !== 'unknown' && !deletable) {
    const what = relation.kind.replaceAll('_', ' ').replace(/^late binding view$|^system view$/, 'view');
    return binder.fail(node, SqlState.wrongObjectType, `cannot ${verb} a ${what}`);
  }
  return relation;
}

/** A scope whose first relation is the target. */
export function targetScope(
  binder: StatementBinder,
  node: NodeBase,
  relation: Relation,
  alias: TableAlias | undefined,
  withClause: WithClause | undefined,
): { readonly scope: Scope; readonly target: BoundRelation } {
  const outer = new Scope(undefined);
  if (withClause !== undefined) bindWith(binder, withClause, outer);
  const scope = new Scope(outer);
  const name = alias === undefined ? relation.name : binder.fold(alias.name);
  const target = addRelation(
    binder,
    scope,
    node,
    {
      name,
      schema: alias === undefined ? relation.schema : undefined,
      database: alias === undefined ? relation.database : undefined,
      columns: relationColumns(relation),
      relation,
    },
    name,
  );
  return { scope, target };
}

export function relationColumns(relation: Relation): readonly BoundColumn[] | undefined {
  return relation.columns?.map((column) => ({
    name: column.name,
    duckdb: column.duckdb ?? column.name,
    type: column.type,
    notNull: column.notNull,
    source: { schema: relation.schema, relation: relation.name, column: column.name },
  }));
}

/** The target's column that a statement names; 42703 when there is none, 42601 for an identity column. */
export function targetColumn(binder: StatementBinder, relation: Relation, node: Identifier): BoundColumn {
  const name = binder.fold(node);
  const columns = relationColumns(relation);
  if (columns === undefined) return { name, duckdb: name, type: { id: 'unknown' }, notNull: false };
  const column = columns.find((each) => each.name === name);
  if (column === undefined) {
    return binder.fail(
      node,
      SqlState.undefinedColumn,
      `column "${name}" of relation "${relation.name}" does not exist`,
    );
  }
  return column;
}

/** Columns whose values the server makes: an identity that may not be set. */
export function isIdentity(relation: Relation, column: BoundColumn): boolean {
  return relation.columns?.some((each) => each.name === column.name && each.identity === true) ?? false;
}

/** 42804 unless a value of `type` may be stored in `column`. */
export function checkAssignable(
  binder: StatementBinder,
  node: NodeBase,
  column: BoundColumn,
  type: RedshiftType,
  untyped: boolean,
): void {
  if (untyped || isUnknown(column.type) || canCast(type, column.type, 'assignment')) return;
  const [to, from] = [column.type, type].map((shown) => displayType(shown, { modifier: false }));
  binder.fail(
    node,
    SqlState.datatypeMismatch,
    `column "${column.name}" is of type ${to} but expression is of type ${from}`,
    { hint: 'You will need to rewrite or cast the expression.' },
  );
}

/** Binds a value for a column: DEFAULT, or an expression of a type that the column takes. */
export function bindAssigned(
  binder: StatementBinder,
  node: Expression,
  column: BoundColumn,
  relation: Relation,
  scope: Scope,
  clause: 'SET' | 'VALUES',
): void {
  if (node.kind === 'default') return;
  if (isIdentity(relation, column)) {
    binder.fail(node, SqlState.syntaxError, 'cannot set an identity column to a value');
  }
  bindExpression(binder, node, expressionContext(scope, clause));
  binder.settle(node, column.type);
  const { type, untyped } = binder.operand(node);
  checkAssignable(binder, node, column, type, untyped);
}

/** The text of a value for a column, with the column's length and precision enforced. */
export function assignedSql(rewriter: Rewriter, node: Expression, column: BoundColumn): string {
  return node.kind === 'default' ? 'DEFAULT' : rewriter.as(node, column.type, 'assignment');
}

/** The plan of the texts that a statement became. */
export function dmlPlan(
  kind: DmlPlan['kind'],
  rewriter: Rewriter,
  target: Relation,
  duckdb: readonly string[],
): DmlPlan {
  const { binding } = rewriter;
  const last = duckdb.at(-1) ?? '';
  return {
    kind,
    duckdb,
    target,
    parameters: binding.parameters.all(),
    reads: binding.reads,
    positions: rewriter.emitter.positions(last),
  };
}
