import type { MergeBranch, MergeStatement } from '../../ast/dml.js';
import type { BoundColumn, BoundRelation } from '../../bind/binding.js';
import { requireBoolean } from '../../bind/checks.js';
import { bindExpression } from '../../bind/expression.js';
import { bindFromItem } from '../../bind/from.js';
import type { Scope } from '../../bind/scope.js';
import { expressionContext, type StatementBinder } from '../../bind/statement-binder.js';
import type { Relation } from '../../catalog.js';
import { quoteIdentifier } from '../../duckdb/quote.js';
import { raisedErrorSql } from '../../duckdb/raised-error.js';
import { SqlState } from '../../errors.js';
import type { DmlPlan } from '../../plan.js';
import { castSql } from '../cast.js';
import { Rewriter } from '../rewriter.js';
import { rewriteRules } from '../rules.js';
import {
  assignedSql,
  bindAssigned,
  checkAssignable,
  dmlPlan,
  relationColumns,
  targetColumn,
  targetRelation,
  targetScope,
} from './target.js';
import { assignmentsSql, bindAssignments } from './update.js';

/** MERGE in both forms ("MERGE", AWS developer guide): WHEN MATCHED / WHEN NOT MATCHED, and REMOVE DUPLICATES. */
export function compileMerge(binder: StatementBinder, node: MergeStatement): DmlPlan {
  const relation = targetRelation(binder, node.target, 'merge into');
  const { scope, target } = targetScope(binder, node.target, relation, node.alias, undefined);
  bindFromItem(binder, node.source, scope);
  const source = scope.relations[1];
  if (source === undefined || scope.relations.length > 2) {
    binder.unsupported(node.source, 'a join as the source of MERGE');
  }
  bindExpression(binder, node.on, expressionContext(scope, 'JOIN/ON'));
  requireBoolean(binder, node.on, 'JOIN/ON');
  const rewriter = new Rewriter(binder, rewriteRules());
  return node.removeDuplicates
    ? replaceRows(binder, rewriter, node, relation, target, source)
    : mergeRows(binder, rewriter, node, relation, target, scope);
}

function mergeRows(
  binder: StatementBinder,
  rewriter: Rewriter,
  node: MergeStatement,
  relation: Relation,
  target: BoundRelation,
  scope: Scope,
): DmlPlan {
  const branches = node.branches.map((branch) => ({ branch, columns: bindBranch(binder, branch, relation, scope) }));
  const into = `${relation.duckdb} AS ${quoteIdentifier(target.alias)}`;
  const source = rewriter.emit(node.source);
  const on = rewriter.condition(node.on);
  const actions = branches.map(({ branch, columns }) => branchSql(rewriter, branch, columns));
  const merge = `MERGE INTO ${into} USING ${source} ON (${on}) ${actions.join(' ')}`;
  const changesMatched = node.branches.some((branch) => branch.matched);
  // A target row that several source rows match cannot be changed by all of them.
  const row = `${quoteIdentifier(target.alias)}.rowid`;
  const check =
    `SELECT ${raisedErrorSql('21000', 'Found multiple matches to update the same tuple.')} FROM (` +
    `SELECT 1 FROM ${into} JOIN ${source} ON (${on}) GROUP BY ${row} HAVING count(*) > 1 LIMIT 1)`;
  const checked = changesMatched && relation.kind === 'table';
  return dmlPlan('merge', rewriter, relation, checked ? [check, merge] : [merge]);
}

function bindBranch(
  binder: StatementBinder,
  branch: MergeBranch,
  relation: Relation,
  scope: Scope,
): readonly BoundColumn[] {
  if (branch.action === 'update') return bindAssignments(binder, branch.assignments, relation, scope);
  if (branch.action === 'delete') return [];
  const listed = branch.columns.map((column) => targetColumn(binder, relation, column));
  const columns = listed.length > 0 ? listed : (relationColumns(relation) ?? []);
  const known = listed.length > 0 || relation.columns !== undefined;
  if (known && columns.length !== branch.values.length) {
    const more =
      branch.values.length > columns.length ? 'expressions than target columns' : 'target columns than expressions';
    binder.fail(branch, SqlState.syntaxError, `INSERT has more ${more}`);
  }
  branch.values.forEach((value, i) => {
    const column = columns[i] ?? { name: '', duckdb: '', type: { id: 'unknown' }, notNull: false };
    bindAssigned(binder, value, column, relation, scope, 'VALUES');
  });
  return columns;
}

function branchSql(rewriter: Rewriter, branch: MergeBranch, columns: readonly BoundColumn[]): string {
  const when = branch.matched ? 'WHEN MATCHED THEN' : 'WHEN NOT MATCHED THEN';
  switch (branch.action) {
    case 'delete':
      return `${when} DELETE`;
    case 'update':
      return `${when} UPDATE SET ${assignmentsSql(rewriter, branch.assignments, columns)}`;
    case 'insert': {
      const names = columns.map((column) => quoteIdentifier(column.duckdb)).join(', ');
      const list = names === '' ? '' : ` (${names})`;
      const values = branch.values.map((value, i) => {
        const column = columns[i];
        return column === undefined ? rewriter.emit(value) : assignedSql(rewriter, value, column);
      });
      return `${when} INSERT${list} VALUES (${values.join(', ')})`;
    }
  }
}

/** REMOVE DUPLICATES: matched rows of the target give way to the source's, of which each is taken once. */
function replaceRows(
  binder: StatementBinder,
  rewriter: Rewriter,
  node: MergeStatement,
  relation: Relation,
  target: BoundRelation,
  source: BoundRelation,
): DmlPlan {
  const columns = relationColumns(relation);
  const from = rewriter.emit(node.source);
  const on = rewriter.condition(node.on);
  const remove = `DELETE FROM ${relation.duckdb} AS ${quoteIdentifier(target.alias)} USING ${from} WHERE ${on}`;
  if (columns === undefined || source.columns === undefined) {
    return dmlPlan('merge', rewriter, relation, [
      remove,
      `INSERT INTO ${relation.duckdb} SELECT DISTINCT * FROM ${from}`,
    ]);
  }
  if (columns.length !== source.columns.length) {
    binder.fail(
      node.source,
      SqlState.datatypeMismatch,
      'MERGE REMOVE DUPLICATES needs a source with the columns of the target',
    );
  }
  const values = source.columns.map((column, i) => {
    const to = columns[i];
    if (to === undefined) return '';
    checkAssignable(binder, node.source, to, column.type, false);
    const sql = `${quoteIdentifier(source.alias)}.${quoteIdentifier(column.duckdb)}`;
    return castSql(sql, column.type, to.type, 'assignment', binder.settings);
  });
  const names = columns.map((column) => quoteIdentifier(column.duckdb)).join(', ');
  const insert = `INSERT INTO ${relation.duckdb} (${names}) SELECT DISTINCT ${values.join(', ')} FROM ${from}`;
  return dmlPlan('merge', rewriter, relation, [remove, insert]);
}
