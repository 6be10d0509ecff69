import type { DeleteStatement } from '../../ast/dml.js';
import { requireBoolean } from '../../bind/checks.js';
import { bindExpression } from '../../bind/expression.js';
import { bindFromList } from '../../bind/from.js';
import { expressionContext, type StatementBinder } from '../../bind/statement-binder.js';
import { quoteIdentifier } from '../../duckdb/quote.js';
import type { DmlPlan } from '../../plan.js';
import { Rewriter } from '../rewriter.js';
import { rewriteRules } from '../rules.js';
import { dmlPlan, targetRelation, targetScope } from './target.js';

/** DELETE [FROM] … USING … WHERE. */
export function compileDelete(binder: StatementBinder, node: DeleteStatement): DmlPlan {
  const relation = targetRelation(binder, node.target, 'delete from');
  const { scope, target } = targetScope(binder, node.target, relation, node.alias, node.with);
  bindFromList(binder, node.using, scope);
  if (node.where !== undefined) {
    bindExpression(binder, node.where, expressionContext(scope, 'WHERE'));
    requireBoolean(binder, node.where, 'WHERE');
  }
  const rewriter = new Rewriter(binder, rewriteRules());
  const parts: string[] = [];
  if (node.with !== undefined) parts.push(rewriter.emit(node.with));
  parts.push(`DELETE FROM ${relation.duckdb} AS ${quoteIdentifier(target.alias)}`);
  if (node.using.length > 0) parts.push(`USING ${node.using.map((item) => rewriter.emit(item)).join(', ')}`);
  if (node.where !== undefined) parts.push(`WHERE ${rewriter.condition(node.where)}`);
  return dmlPlan('delete', rewriter, relation, [parts.join(' ')]);
}
