import type { DeleteStatement, InsertStatement, MergeStatement, UpdateStatement } from '../../ast/dml.js';
import type { StatementBinder } from '../../bind/statement-binder.js';
import type { DmlPlan } from '../../plan.js';
import { compileDelete } from './delete.js';
import { compileInsert } from './insert.js';
import { compileMerge } from './merge.js';
import { compileUpdate } from './update.js';

/** Binds and rewrites a statement that changes rows. */
export function compileDml(
  binder: StatementBinder,
  node: InsertStatement | UpdateStatement | DeleteStatement | MergeStatement,
): DmlPlan {
  switch (node.kind) {
    case 'insert':
      return compileInsert(binder, node);
    case 'update':
      return compileUpdate(binder, node);
    case 'delete':
      return compileDelete(binder, node);
    case 'merge':
      return compileMerge(binder, node);
  }
}
