import type { Expression, WindowSpecification } from './expression.js';
import type { Identifier, NodeBase } from './node.js';

/** A query expression: optional WITH, a body, then ORDER BY, LIMIT and OFFSET that apply to the whole body. */
export interface Query extends NodeBase {
  readonly kind: 'query';
  readonly with: WithClause | undefined;
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Expression | 'all' | undefined;
  readonly offset: Expression | undefined;
  /** `FOR UPDATE` and the like, as written; Redshift accepts and ignores them only on the leader. */
  readonly locking: boolean;
}
export type QueryBody = Select | SetOperation | Values | ParenthesizedQuery;

export interface WithClause extends NodeBase {
  readonly kind: 'with';
  readonly recursive: boolean;
  readonly tables: readonly CommonTable[];
}
export interface CommonTable extends NodeBase {
  readonly kind: 'common_table';
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}
export interface SetOperation extends NodeBase {
  readonly kind: 'set_operation';
  /** `MINUS` is `except`. */
  readonly operator: 'union' | 'intersect' | 'except';
  readonly all: boolean;
  /** The span of the operator's words, so that MINUS can be respelled. */
  readonly operatorNode: NodeBase;
  readonly left: QueryBody;
  readonly right: QueryBody;
}
export interface ParenthesizedQuery extends NodeBase {
  readonly kind: 'parenthesized_query';
  readonly query: Query;
}
export interface Values extends NodeBase {
  readonly kind: 'values';
  readonly rows: readonly ValuesRow[];
}
export interface ValuesRow extends NodeBase {
  readonly kind: 'values_row';
  readonly items: readonly Expression[];
}
export interface Select extends NodeBase {
  readonly kind: 'select';
  readonly distinct: boolean;
  /** PostgreSQL's DISTINCT ON, parsed so that it can be refused by name. */
  readonly distinctOn: readonly Expression[];
  readonly top: Top | undefined;
  readonly items: readonly SelectItem[];
  /** `EXCLUDE (a, b)` after the select list: applies to the whole list. */
  readonly exclude: ExcludeClause | undefined;
  readonly into: SelectInto | undefined;
  readonly from: readonly FromItem[];
  readonly where: Expression | undefined;
  readonly connectBy: ConnectBy | undefined;
  readonly groupBy: GroupBy | undefined;
  readonly having: Expression | undefined;
  readonly windows: readonly NamedWindow[];
  readonly qualify: Expression | undefined;
}
export interface Top extends NodeBase {
  readonly kind: 'top';
  readonly count: Expression;
}
export interface ExcludeClause extends NodeBase {
  readonly kind: 'exclude';
  readonly columns: readonly Identifier[];
}
export interface SelectInto extends NodeBase {
  readonly kind: 'select_into';
  readonly temporary: boolean;
  readonly target: RelationName;
}
export type SelectItem = ExpressionItem | StarItem;
export interface ExpressionItem extends NodeBase {
  readonly kind: 'select_item';
  readonly expression: Expression;
  readonly alias: Identifier | undefined;
}
/** `*`, `t.*`, `s.t.*`, `t.col.*` (a SUPER or row path). */
export interface StarItem extends NodeBase {
  readonly kind: 'star';
  readonly qualifier: readonly Identifier[];
}
export interface ConnectBy extends NodeBase {
  readonly kind: 'connect_by';
  readonly startWith: Expression | undefined;
  readonly condition: Expression;
}
export interface GroupBy extends NodeBase {
  readonly kind: 'group_by';
  readonly all: boolean;
  readonly items: readonly GroupItem[];
}
export type GroupItem = Expression | GroupingElement;
export interface GroupingElement extends NodeBase {
  readonly kind: 'grouping_element';
  readonly form: 'rollup' | 'cube' | 'grouping sets' | 'set';
  /** For `set`: the expressions of one parenthesised grouping set, possibly none. */
  readonly items: readonly GroupItem[];
}
export interface NamedWindow extends NodeBase {
  readonly kind: 'named_window';
  readonly name: Identifier;
  readonly window: WindowSpecification;
}
export interface OrderItem extends NodeBase {
  readonly kind: 'order_item';
  readonly expression: Expression;
  readonly direction: 'asc' | 'desc' | undefined;
  readonly nulls: 'first' | 'last' | undefined;
}

/** A name of a relation: one to three parts (database.schema.name). `temporary` is true for `#name`. */
export interface RelationName extends NodeBase {
  readonly kind: 'relation_name';
  readonly parts: readonly Identifier[];
}

export type FromItem =
  | RelationItem
  | SubqueryItem
  | FunctionItem
  | PathItem
  | UnpivotObjectItem
  | UnnestItem
  | Join
  | PivotItem
  | UnpivotItem
  | ParenthesizedFrom;

export interface TableAlias extends NodeBase {
  readonly kind: 'table_alias';
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  /** `c(schemaname name, …)`: a column definition list; same length as `columns`. Undefined entries carry no type. */
  readonly columnTypes: readonly (import('./expression.js').TypeName | undefined)[];
}
/**
 * `t`, `s.t`, `a.items AS i AT idx`: a table, or an unnest of a SUPER path when the first part is an alias in scope;
 * the binder decides. `ONLY` is not Redshift.
 */
export interface RelationItem extends NodeBase {
  readonly kind: 'relation';
  readonly name: RelationName;
  readonly alias: TableAlias | undefined;
  /** `AT idx` of a PartiQL unnest. */
  readonly at: Identifier | undefined;
}
/** A SUPER path that cannot be a relation name (it has `[n]` or more than three parts): `t.a[0].items AS i AT idx`. */
export interface PathItem extends NodeBase {
  readonly kind: 'path_item';
  readonly path: Expression;
  readonly alias: TableAlias | undefined;
  readonly at: Identifier | undefined;
}
/** `UNPIVOT expr AS value AT attribute`. */
export interface UnpivotObjectItem extends NodeBase {
  readonly kind: 'unpivot_object';
  readonly expression: Expression;
  readonly value: Identifier | undefined;
  readonly at: Identifier | undefined;
}
/** `UNNEST(expr) [WITH OFFSET] [AS] e (col [, off])`. */
export interface UnnestItem extends NodeBase {
  readonly kind: 'unnest';
  readonly expression: Expression;
  readonly withOffset: boolean;
  readonly alias: TableAlias | undefined;
}
export interface SubqueryItem extends NodeBase {
  readonly kind: 'subquery';
  readonly lateral: boolean;
  readonly query: Query;
  readonly alias: TableAlias | undefined;
}
export interface FunctionItem extends NodeBase {
  readonly kind: 'function_item';
  readonly call: Expression;
  readonly alias: TableAlias | undefined;
}
export interface ParenthesizedFrom extends NodeBase {
  readonly kind: 'parenthesized_from';
  readonly item: FromItem;
  readonly alias: TableAlias | undefined;
}
export interface Join extends NodeBase {
  readonly kind: 'join';
  readonly type: 'inner' | 'left' | 'right' | 'full' | 'cross';
  readonly natural: boolean;
  readonly left: FromItem;
  readonly right: FromItem;
  readonly on: Expression | undefined;
  readonly using: readonly Identifier[];
}
export interface PivotItem extends NodeBase {
  readonly kind: 'pivot';
  readonly source: FromItem;
  readonly aggregates: readonly ExpressionItem[];
  readonly column: Expression;
  readonly values: readonly ExpressionItem[];
  readonly alias: TableAlias | undefined;
}
export interface UnpivotItem extends NodeBase {
  readonly kind: 'unpivot';
  readonly source: FromItem;
  readonly includeNulls: boolean;
  readonly value: Identifier;
  readonly name: Identifier;
  readonly columns: readonly ExpressionItem[];
  readonly alias: TableAlias | undefined;
}
