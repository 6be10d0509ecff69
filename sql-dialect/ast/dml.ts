import type { Expression } from './expression.js';
import type { Identifier, NodeBase } from './node.js';
import type { FromItem, Query, RelationName, TableAlias, WithClause } from './query.js';

export interface SelectStatement extends NodeBase {
  readonly kind: 'select_statement';
  readonly query: Query;
}
export interface InsertStatement extends NodeBase {
  readonly kind: 'insert';
  readonly with: WithClause | undefined;
  readonly target: RelationName;
  readonly columns: readonly Identifier[];
  /** `default values` or a query; `INSERT INTO t VALUES (…)` has a query whose body is Values. */
  readonly source: Query | 'default values';
}
export interface UpdateStatement extends NodeBase {
  readonly kind: 'update';
  readonly with: WithClause | undefined;
  readonly target: RelationName;
  readonly alias: TableAlias | undefined;
  readonly assignments: readonly Assignment[];
  readonly from: readonly FromItem[];
  readonly where: Expression | undefined;
}
export interface Assignment extends NodeBase {
  readonly kind: 'assignment';
  readonly column: Identifier;
  readonly value: Expression;
}
export interface DeleteStatement extends NodeBase {
  readonly kind: 'delete';
  readonly with: WithClause | undefined;
  readonly target: RelationName;
  readonly alias: TableAlias | undefined;
  readonly using: readonly FromItem[];
  readonly where: Expression | undefined;
  /** False for Redshift's `DELETE t`, which lacks FROM. */
  readonly fromKeyword: boolean;
}
export interface MergeStatement extends NodeBase {
  readonly kind: 'merge';
  readonly target: RelationName;
  readonly alias: TableAlias | undefined;
  readonly source: FromItem;
  readonly on: Expression;
  /** `REMOVE DUPLICATES` form: no branches. */
  readonly removeDuplicates: boolean;
  readonly branches: readonly MergeBranch[];
}
export interface MergeBranch extends NodeBase {
  readonly kind: 'merge_branch';
  readonly matched: boolean;
  readonly action: 'update' | 'delete' | 'insert';
  readonly assignments: readonly Assignment[];
  readonly columns: readonly Identifier[];
  readonly values: readonly Expression[];
}
