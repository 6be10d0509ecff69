import type { Assignment, UpdateStatement } from '../../ast/dml.js';
import type { BoundColumn } from '../../bind/binding.js';
import { bindExpression, requireBoolean } from '../../bind/expression.js';
import { bindFromList } from '../../bind/from.js';
import type { Scope } from '../../bind/scope.js';
import { expressionContext, type StatementBinder } from '../../bind/statement-binder.js';
import type { Relation } from '../../catalog.js';
import { quoteIdentifier } from '../../duckdb/quote.js';
import { SqlState } from '../../errors.js';
import type { DmlPlan } from '../../plan.js';
import { Rewriter } from '../rewriter.js';
import { rewriteRules } from '../rules.js';
import { assignedSql, bindAssigned, dmlPlan, targetColumn, targetRelation, targetScope } from './target.js';

/** UPDATE … SET … FROM … WHERE. */
export function compileUpdate(binder: StatementBinder, node: UpdateStatement): DmlPlan {
  const relation = targetRelation(binder, node.target, 'update');
  const { scope, target } = targetScope(binder, node.target, relation, node.alias, node.with);
  bindFromList(binder, node.from, scope);
  const columns = bindAssignments(binder, node.assignments, relation, scope);
  if (node.where !== undefined) {
    bindExpression(binder, node.where, expressionContext(scope, 'WHERE'));
    requireBoolean(binder, node.where, 'WHERE');
  }
  const rewriter = new Rewriter(binder, rewriteRules());
  const parts: string[] = [];
  if (node.with !== undefined) parts.push(rewriter.emit(node.with));
  parts.push(`UPDATE ${relation.duckdb} AS ${quoteIdentifier(target.alias)}`);
  parts.push(`SET ${assignmentsSql(rewriter, node.assignments, columns)}`);
  if (node.from.length > 0) parts.push(`FROM ${node.from.map((item) => rewriter.emit(item)).join(', ')}`);
  if (node.where !== undefined) parts.push(`WHERE ${rewriter.condition(node.where)}`);
  return dmlPlan('update', rewriter, relation, [parts.join(' ')]);
}

/** Binds `column = value` pairs; 42601 for a column named twice. */
export function bindAssignments(
  binder: StatementBinder,
  assignments: readonly Assignment[],
  relation: Relation,
  scope: Scope,
): readonly BoundColumn[] {
  const seen = new Set<string>();
  return assignments.map((assignment) => {
    const column = targetColumn(binder, relation, assignment.column);
    if (seen.has(column.name)) {
      binder.fail(assignment, SqlState.syntaxError, `multiple assignments to same column "${column.name}"`);
    }
    seen.add(column.name);
    bindAssigned(binder, assignment.value, column, relation, scope, 'SET');
    return column;
  });
}

export function assignmentsSql(
  rewriter: Rewriter,
  assignments: readonly Assignment[],
  columns: readonly BoundColumn[],
): string {
  return assignments
    .map((assignment, i) => {
      const column = columns[i];
      return column === undefined
        ? ''
        : `${quoteIdentifier(column.duckdb)} = ${assignedSql(rewriter, assignment.value, column)}`;
    })
    .join(', ');
}
