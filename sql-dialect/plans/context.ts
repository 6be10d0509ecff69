import type { DeleteStatement, InsertStatement, MergeStatement, UpdateStatement } from '../ast/dml.js';
import type { Expression, TypeName } from '../ast/expression.js';
import type { Query, RelationName } from '../ast/query.js';
import type { DialectSettings, Relation } from '../catalog.js';
import type { DmlPlan, QueryPlan } from '../plan.js';
import type { RedshiftType } from '../types/redshift-type.js';

/** What lowering asks of the binder. */
export interface LoweringContext {
  readonly settings: DialectSettings;
  /** Folded name of the session's database. */
  readonly currentDatabase: string;
  /** The session's user. */
  readonly currentUser: string;
  /** Binds and rewrites a query. A SELECT's INTO clause is left out of the emitted text. */
  compileQuery(query: Query): QueryPlan;
  compileDml(node: InsertStatement | UpdateStatement | DeleteStatement | MergeStatement): DmlPlan;
  /** DuckDB text of an expression that names no column: a default, an argument of EXECUTE. @throws where it does. */
  compileConstant(expression: Expression): string;
  /** @throws SqlError 42704 for a type that does not exist, 22023 for bad modifiers. */
  resolveType(type: TypeName): RedshiftType;
  /** The relation a statement works on (TRUNCATE). @throws SqlError 42P01 when there is none. */
  resolveRelation(name: RelationName): Relation;
}
