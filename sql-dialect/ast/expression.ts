import type { Identifier, NodeBase } from './node.js';
import type { OrderItem, Query } from './query.js';

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NullLiteral
  | TypedLiteral
  | IntervalLiteral
  | Parameter
  | Path
  | Navigation
  | Unary
  | Binary
  | Like
  | Between
  | InList
  | InSubquery
  | Quantified
  | IsTest
  | Exists
  | ScalarSubquery
  | Case
  | Cast
  | Extract
  | AtTimeZone
  | Collate
  | FunctionCall
  | ArrayConstructor
  | RowConstructor
  | Parenthesized
  | OuterJoinMark
  | DefaultMarker;

export interface NumberLiteral extends NodeBase {
  readonly kind: 'number';
  /** As written: `42`, `1.50`, `.5`, `1e10`. */
  readonly text: string;
}
export interface StringLiteral extends NodeBase {
  readonly kind: 'string';
  /** Decoded: escapes resolved, adjacent literals joined. */
  readonly value: string;
}
export interface BooleanLiteral extends NodeBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}
export interface NullLiteral extends NodeBase {
  readonly kind: 'null';
}
/** `DATE '2008-01-01'`, `TIMESTAMP 'epoch'`, `int4 '5'`. */
export interface TypedLiteral extends NodeBase {
  readonly kind: 'typed_literal';
  readonly type: TypeName;
  readonly value: StringLiteral;
}
/**
 * `INTERVAL '1 day'`, `INTERVAL '3' YEAR TO MONTH`, `INTERVAL 1 DAY` is not Redshift. `fields` is upper case, e.g.
 * `DAY TO SECOND`.
 */
export interface IntervalLiteral extends NodeBase {
  readonly kind: 'interval';
  readonly value: StringLiteral;
  readonly fields: string | undefined;
  readonly precision: number | undefined;
}
/** `$1` (index 1-based) or, in the Data API's lexer mode, `:name`. */
export interface Parameter extends NodeBase {
  readonly kind: 'parameter';
  readonly index: number | undefined;
  readonly name: string | undefined;
}
/**
 * A dotted or bracketed name: `a`, `a.b`, `s.t.c`, `c.items[0].price`, `t.*`. What it means (column, relation's column,
 * SUPER path, niladic function) is decided by the binder.
 */
export interface Path extends NodeBase {
  readonly kind: 'path';
  readonly head: Identifier;
  readonly steps: readonly PathStep[];
}
/** Steps into the value of an expression that is not a name: `JSON_PARSE(x).a[0]`, `(expr)[1]`. */
export interface Navigation extends NodeBase {
  readonly kind: 'navigation';
  readonly operand: Expression;
  readonly steps: readonly PathStep[];
}
export type PathStep = FieldStep | IndexStep;
export interface FieldStep extends NodeBase {
  readonly kind: 'field_step';
  readonly name: Identifier;
}
export interface IndexStep extends NodeBase {
  readonly kind: 'index_step';
  readonly index: Expression;
}
/**
 * `operator` is lower case and normalised (`!=` is `<>`); words are spelled out: `not`, `+`, `-`, `~`, `|/`, `@`,
 * `||/`.
 */
export interface Unary extends NodeBase {
  readonly kind: 'unary';
  readonly operator: string;
  readonly operand: Expression;
}
/**
 * `operator`: `and`, `or`, `+ - * / % ^ || = <> < <= > >= # & | << >>`, POSIX matches `~ !~ ~* !~*`, or a qualified
 * `OPERATOR(pg_catalog.~)` reduced to its symbol.
 */
export interface Binary extends NodeBase {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Like extends NodeBase {
  readonly kind: 'like';
  readonly operator: 'like' | 'ilike' | 'similar to';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly pattern: Expression;
  readonly escape: Expression | undefined;
}
export interface Between extends NodeBase {
  readonly kind: 'between';
  readonly negated: boolean;
  readonly symmetric: boolean;
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
}
export interface InList extends NodeBase {
  readonly kind: 'in_list';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly items: readonly Expression[];
}
export interface InSubquery extends NodeBase {
  readonly kind: 'in_subquery';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly query: Query;
}
/** `x = ANY (query | array)`, `x > ALL (...)`, `SOME`. */
export interface Quantified extends NodeBase {
  readonly kind: 'quantified';
  readonly operator: string;
  readonly quantifier: 'any' | 'all';
  readonly operand: Expression;
  readonly right: Query | Expression;
}
export interface IsTest extends NodeBase {
  readonly kind: 'is_test';
  readonly test: 'null' | 'true' | 'false' | 'unknown' | 'distinct from';
  readonly negated: boolean;
  readonly operand: Expression;
  /** Only for `IS [NOT] DISTINCT FROM`. */
  readonly right: Expression | undefined;
}
export interface Exists extends NodeBase {
  readonly kind: 'exists';
  readonly query: Query;
}
export interface ScalarSubquery extends NodeBase {
  readonly kind: 'scalar_subquery';
  readonly query: Query;
}
export interface Case extends NodeBase {
  readonly kind: 'case';
  readonly operand: Expression | undefined;
  readonly branches: readonly CaseBranch[];
  readonly otherwise: Expression | undefined;
}
export interface CaseBranch extends NodeBase {
  readonly kind: 'case_branch';
  readonly when: Expression;
  readonly then: Expression;
}
export interface Cast extends NodeBase {
  readonly kind: 'cast';
  /** `convert` is Redshift's `CONVERT(type, expr)`. */
  readonly form: 'cast' | 'colons' | 'convert' | 'try_cast';
  readonly operand: Expression;
  readonly type: TypeName;
}
/**
 * A type as written. `name` holds the words in lower case: `double precision`, `timestamp with time zone`, `varchar`.
 */
export interface TypeName extends NodeBase {
  readonly kind: 'type_name';
  readonly name: string;
  /** `(10)`, `(8,2)`, `(max)`. */
  readonly modifiers: readonly (number | 'max')[];
  readonly schema: Identifier | undefined;
  readonly array: boolean;
}
/** `EXTRACT(field FROM expr)`; `field` in lower case. */
export interface Extract extends NodeBase {
  readonly kind: 'extract';
  readonly field: string;
  readonly operand: Expression;
}
export interface AtTimeZone extends NodeBase {
  readonly kind: 'at_time_zone';
  readonly operand: Expression;
  readonly zone: Expression;
}
export interface Collate extends NodeBase {
  readonly kind: 'collate';
  readonly operand: Expression;
  readonly collation: readonly Identifier[];
}
/**
 * A call. `form` marks the SQL-standard spellings whose arguments are not comma-separated; their arguments are
 * normalised: `trim`: [what?, from] with `trimSide`; `position`: [needle, haystack]; `substring`: [text, from, for?];
 * `overlay`: [text, new, from, for?]. Niladic keywords (`CURRENT_DATE`, `SYSDATE`, `USER` …) written without
 * parentheses are calls with form `keyword`.
 */
export interface FunctionCall extends NodeBase {
  readonly kind: 'call';
  readonly name: readonly Identifier[];
  readonly form: 'plain' | 'keyword' | 'trim' | 'position' | 'substring' | 'overlay';
  readonly trimSide: 'both' | 'leading' | 'trailing' | undefined;
  readonly args: readonly Expression[];
  /** `COUNT(*)`. */
  readonly star: boolean;
  readonly distinct: boolean;
  /** `APPROXIMATE COUNT(DISTINCT x)`: the node starts at APPROXIMATE. */
  readonly approximate: boolean;
  /** ORDER BY inside the parentheses. */
  readonly orderBy: readonly OrderItem[];
  readonly nulls: 'ignore' | 'respect' | undefined;
  readonly withinGroup: readonly OrderItem[] | undefined;
  readonly filter: Expression | undefined;
  readonly over: WindowSpecification | Identifier | undefined;
}
export interface WindowSpecification extends NodeBase {
  readonly kind: 'window';
  readonly base: Identifier | undefined;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame: WindowFrame | undefined;
}
export interface WindowFrame extends NodeBase {
  readonly kind: 'window_frame';
  readonly unit: 'rows' | 'range' | 'groups';
  readonly from: FrameBound;
  readonly to: FrameBound | undefined;
}
export interface FrameBound extends NodeBase {
  readonly kind: 'frame_bound';
  readonly type: 'unbounded preceding' | 'preceding' | 'current row' | 'following' | 'unbounded following';
  readonly offset: Expression | undefined;
}
/**
 * `ARRAY[1, 2]` or `ARRAY(SELECT …)`: PostgreSQL forms that catalog queries use. Redshift's `ARRAY(1, 2)` is a plain
 * call.
 */
export interface ArrayConstructor extends NodeBase {
  readonly kind: 'array';
  readonly items: readonly Expression[];
  readonly query: Query | undefined;
}
/** `(a, b)` with two or more items, or `ROW(...)`. */
export interface RowConstructor extends NodeBase {
  readonly kind: 'row';
  readonly items: readonly Expression[];
}
export interface Parenthesized extends NodeBase {
  readonly kind: 'parenthesized';
  readonly inner: Expression;
}
/** `a.id (+)`: the Oracle-style outer join mark. */
export interface OuterJoinMark extends NodeBase {
  readonly kind: 'outer_join_mark';
  readonly operand: Expression;
}
/** `DEFAULT` in VALUES and SET. */
export interface DefaultMarker extends NodeBase {
  readonly kind: 'default';
}
