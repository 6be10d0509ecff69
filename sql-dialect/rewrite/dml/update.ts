import type { Assignment, UpdateStatement } from '../../ast/dml.js';
import type { BoundColumn } from '../../bind/binding.js';
import { requireBoolean } from '../../bind/checks.js';
import { bindExpression } from '../../bind/expression.js';
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

/**
 * UPDATE … SET … FROM … WHERE ("UPDATE"). A row that several rows of FROM match is changed once, by one of them, and
 * counts once. DuckDB would count each match, so that each row of the target is paired with one match first.
 */
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
  const alias = quoteIdentifier(target.alias);
  const where = (): string => (node.where === undefined ? '' : ` WHERE ${rewriter.condition(node.where)}`);
  if (node.from.length === 0) {
    parts.push(`SET ${assignmentsSql(rewriter, node.assignments, columns)}${where()}`);
    return dmlPlan('update', rewriter, relation, [parts.join(' ')]);
  }
  const assigned = node.assignments.map((assignment, i) => assignedPair(rewriter, assignment, columns[i], i));
  parts.push(`SET ${assigned.map(({ column, set }) => `${column} = ${set}`).join(', ')}`);
  const from = [`${relation.duckdb} AS ${alias}`, ...node.from.map((item) => rewriter.emit(item))].join(', ');
  const selected = [`${alias}.rowid AS ${matchedRow}`, ...assigned.flatMap(({ value }) => value ?? [])].join(', ');
  parts.push(`FROM (SELECT DISTINCT ON (${alias}.rowid) ${selected} FROM ${from}${where()}) AS ${match}`);
  parts.push(`WHERE ${alias}.rowid = ${match}.${matchedRow}`);
  return dmlPlan('update', rewriter, relation, [parts.join(' ')]);
}

const match = '"duckshift match"';
const matchedRow = '"duckshift row"';

/**
 * One assignment of an UPDATE with FROM: what SET says, and the column of the match that holds the value (DEFAULT has
 * none).
 */
function assignedPair(
  rewriter: Rewriter,
  assignment: Assignment,
  column: BoundColumn | undefined,
  index: number,
): { readonly column: string; readonly set: string; readonly value: string | undefined } {
  if (column === undefined) return { column: '', set: '', value: undefined };
  const sql = assignedSql(rewriter, assignment.value, column);
  const name = quoteIdentifier(column.duckdb);
  if (assignment.value.kind === 'default') return { column: name, set: sql, value: undefined };
  const label = `"duckshift value ${index}"`;
  return { column: name, set: `${match}.${label}`, value: `${sql} AS ${label}` };
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
