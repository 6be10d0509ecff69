import type { Case, Expression, FunctionCall, Parameter, PathStep } from '../ast/expression.js';
import type { NodeBase } from '../ast/node.js';
import type {
  ExpressionItem,
  FromItem,
  OrderItem,
  Query,
  QueryBody,
  Select,
  SelectItem,
  SetOperation,
  Values,
} from '../ast/query.js';
import type { DialectSettings, Relation } from '../catalog.js';
import type { AggregateDefinition, FunctionDefinition } from '../functions/contract.js';
import type { TableFunction } from '../functions/table-functions.js';
import { unknownType } from '../types/coercion.js';
import type { OperatorUse } from '../types/operators.js';
import type { RedshiftType } from '../types/redshift-type.js';

/** A column that a query can name. */
export interface BoundColumn {
  /** Redshift's name, folded. */
  readonly name: string;
  /** DuckDB's name, unquoted. */
  readonly duckdb: string;
  readonly type: RedshiftType;
  readonly notNull: boolean;
  /** The table's column it is, when it is one as it stands. */
  readonly source?: { readonly schema: string; readonly relation: string; readonly column: string } | undefined;
}

/** Something in FROM that a query can name columns of. */
export interface BoundRelation {
  /** The name it goes by; undefined for a subquery without alias. */
  readonly name: string | undefined;
  /** For a relation without alias: its schema and database, so that `schema.relation.column` finds it. */
  readonly schema: string | undefined;
  readonly database: string | undefined;
  /** DuckDB alias, unquoted, unique among all that is visible. */
  readonly alias: string;
  /** Undefined: not known, any column name is taken. */
  readonly columns: readonly BoundColumn[] | undefined;
  /** The catalog's relation, when it is one. */
  readonly relation: Relation | undefined;
}

/** What a column's name stands for. */
export type ColumnReference =
  | { readonly kind: 'column'; readonly relation: BoundRelation; readonly column: BoundColumn }
  /** The one column that JOIN … USING makes of two. */
  | {
      readonly kind: 'merged';
      readonly left: ColumnReference;
      readonly right: ColumnReference;
      readonly use: 'left' | 'right' | 'coalesce';
      readonly type: RedshiftType;
    };

/** A column of a FROM clause as `*` lists it. */
export interface VisibleColumn {
  readonly name: string;
  readonly type: RedshiftType;
  readonly notNull: boolean;
  readonly reference: ColumnReference;
}

/** What a path means. `steps` navigate on from there. */
export type PathMeaning =
  | { readonly kind: 'column'; readonly reference: ColumnReference; readonly steps: readonly PathStep[] }
  /** An output column of the same SELECT, meant by its alias: its expression stands in for it. */
  | { readonly kind: 'alias'; readonly item: ExpressionItem; readonly steps: readonly PathStep[] }
  /** A name in an unknown relation: `parts` are DuckDB names, unquoted. */
  | { readonly kind: 'free'; readonly parts: readonly string[]; readonly steps: readonly PathStep[] }
  /** A SQL routine's keyword taken as a value, such as SYSDATE written as a name. */
  | { readonly kind: 'call'; readonly call: FunctionCall };

/** A call after overload resolution. */
export interface BoundCall {
  readonly definition: FunctionDefinition | AggregateDefinition;
  readonly aggregate: boolean;
  /** The arguments as the definition counts them. */
  readonly args: readonly Expression[];
  /** Type each argument is brought to; undefined: taken as it is. */
  readonly argumentTypes: readonly (RedshiftType | undefined)[];
  /** For `word` parameters, the word. */
  readonly words: readonly (string | undefined)[];
}

/** A call that is no function of the tables: a type's name as a cast, GROUPING, a set of rows in a select list. */
export type SpecialCall =
  | { readonly kind: 'cast'; readonly type: RedshiftType }
  | { readonly kind: 'grouping' }
  | { readonly kind: 'series' };

/** How an item of a select list comes out. */
export type BoundItem =
  | {
      readonly kind: 'expression';
      readonly item: ExpressionItem;
      readonly column: BoundColumn;
      /** False for an item that EXCLUDE removes. */
      readonly kept: boolean;
    }
  | {
      readonly kind: 'star';
      readonly item: SelectItem;
      /** The columns it stands for, undefined when they are not known. */
      readonly expansion: readonly { readonly visible: VisibleColumn; readonly column: BoundColumn }[] | undefined;
      /** DuckDB alias of the one relation of `t.*`. */
      readonly qualifier: readonly string[];
    };

/**
 * What an item of GROUP BY groups by: an expression (that of a select item for an ordinal or alias), or a column that
 * `*` stands for.
 */
export type GroupTarget =
  | { readonly kind: 'expression'; readonly node: Expression }
  | { readonly kind: 'column'; readonly visible: VisibleColumn };

export interface BoundSelect {
  readonly items: readonly BoundItem[];
  /** Output, undefined when a star's columns are not known. */
  readonly columns: readonly BoundColumn[] | undefined;
  readonly relations: readonly BoundRelation[];
  /** True when rows are grouped or the select list aggregates. */
  readonly grouped: boolean;
  /** What each item of GROUP BY (grouping sets taken apart) groups by. */
  readonly groupTargets: ReadonlyMap<NodeBase, GroupTarget>;
  /** GROUP BY ALL: the items of the select list that do not aggregate. */
  readonly groupAll: readonly GroupTarget[] | undefined;
  /** GROUP BY with ROLLUP, CUBE or GROUPING SETS. */
  readonly groupingSets: boolean;
  /** CONNECT BY: the relation that LEVEL is the column of. */
  readonly level: BoundRelation | undefined;
}

export interface BoundQuery {
  readonly columns: readonly BoundColumn[] | undefined;
}

/** What an ORDER BY item sorts by when it is not an expression: a 0-based output column. */
export type OrderTarget = { readonly kind: 'output'; readonly index: number; readonly column: BoundColumn };

/** A common table expression in scope. */
export interface BoundCommonTable {
  readonly name: string;
  /** DuckDB name, unquoted. */
  readonly duckdb: string;
  readonly columns: readonly BoundColumn[] | undefined;
}

/** What a FROM item is. */
export type BoundFrom =
  /** `duckdb`: the text that stands before the alias. */
  | { readonly kind: 'relation'; readonly relation: BoundRelation; readonly duckdb: string }
  /** `duckdb`: the common table's DuckDB name, unquoted. */
  | { readonly kind: 'common table'; readonly relation: BoundRelation; readonly duckdb: string }
  | { readonly kind: 'derived'; readonly relation: BoundRelation }
  /** Its first column is the element, a second one the index or the attribute's name. */
  | {
      readonly kind: 'unnest';
      readonly relation: BoundRelation;
      readonly source: UnnestSource;
      readonly over: 'array' | 'object';
    }
  /** `keepUsing`: a side's columns are not known, so USING and NATURAL stay as written. */
  | { readonly kind: 'join'; readonly merged: readonly MergedPair[]; readonly keepUsing: boolean }
  | { readonly kind: 'group'; readonly relation: BoundRelation | undefined; readonly visible: readonly VisibleColumn[] }
  | { readonly kind: 'function'; readonly relation: BoundRelation; readonly form: 'series' | 'scalar' }
  | { readonly kind: 'table function'; readonly relation: BoundRelation; readonly definition: TableFunction }
  | { readonly kind: 'pivot'; readonly relation: BoundRelation; readonly plan: PivotPlan | undefined }
  | { readonly kind: 'unpivot'; readonly relation: BoundRelation; readonly plan: UnpivotPlan | undefined };

/** PIVOT over known columns: grouped by the columns that it does not name. */
export interface PivotPlan {
  readonly groups: readonly { readonly visible: VisibleColumn; readonly duckdb: string }[];
  /** One output column for each value and aggregate. */
  readonly cells: readonly {
    readonly duckdb: string;
    readonly aggregate: ExpressionItem;
    readonly value: ExpressionItem;
  }[];
}
export interface UnpivotPlan {
  readonly kept: readonly { readonly visible: VisibleColumn; readonly duckdb: string }[];
  readonly unpivoted: readonly { readonly label: string; readonly visible: VisibleColumn }[];
  readonly value: BoundColumn;
  readonly name: BoundColumn;
}

/** The SUPER expression that an unnest iterates over. */
export interface UnnestSource {
  readonly node: Expression;
}

/** What an output column of a set operation's member is brought to. */
export interface OutputTarget {
  readonly type: RedshiftType;
}

export interface MergedPair {
  readonly name: string;
  readonly left: ColumnReference;
  readonly right: ColumnReference;
}

/** Types and values of a statement's parameters, filled in as they are met. */
export class Parameters {
  private readonly types: (RedshiftType | undefined)[];
  private readonly names = new Map<string, number>();

  /** `names`: those of the statement's named parameters, in the order of their numbers. */
  constructor(declared: readonly (RedshiftType | undefined)[], names: readonly string[] = []) {
    this.types = declared.map((type) => (type?.id === 'unknown' ? undefined : type));
    for (const [index, name] of names.entries()) this.names.set(name, this.seen(index));
  }

  /** 0-based index of a parameter. */
  index(node: Parameter): number {
    if (node.index !== undefined) return this.seen(node.index - 1);
    const name = node.name ?? '';
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const index = this.names.size;
    this.names.set(name, index);
    return this.seen(index);
  }

  private seen(index: number): number {
    while (this.types.length <= index) this.types.push(undefined);
    return index;
  }

  typeOf(node: Parameter): RedshiftType {
    return this.types[this.index(node)] ?? unknownType;
  }

  /**
   * The first use that needs a type decides it; length, precision and scale stay open: storing a value checks them, and
   * a comparison is with the value as it is.
   */
  infer(node: Parameter, type: RedshiftType): void {
    const index = this.index(node);
    if (type.id !== 'unknown') this.types[index] ??= { id: type.id };
  }

  all(): readonly RedshiftType[] {
    return this.types.map((type) => type ?? unknownType);
  }
}

/**
 * What the binder found out about a statement's tree, for the rewriter to read. Nothing in the tree itself is changed.
 */
export class Binding {
  readonly types = new Map<NodeBase, RedshiftType>();
  readonly paths = new Map<NodeBase, PathMeaning>();
  /** What an operator of the tree does. */
  readonly operators = new Map<NodeBase, OperatorUse>();
  /**
   * What a comparison does that a construct implies: of IN, BETWEEN, CASE, DECODE and the like, by the operand that it
   * has to itself.
   */
  readonly comparisons = new Map<NodeBase, OperatorUse>();
  readonly calls = new Map<NodeBase, BoundCall>();
  readonly specialCalls = new Map<NodeBase, SpecialCall>();
  readonly selects = new Map<Select, BoundSelect>();
  readonly queries = new Map<Query, BoundQuery>();
  /** Common column types of a set operation or of VALUES; undefined where columns are not known. */
  readonly outputTypes = new Map<SetOperation | Values, readonly RedshiftType[] | undefined>();
  /** Columns of a set operation that hold bare literals only. */
  readonly untypedColumns = new Map<SetOperation, ReadonlySet<number>>();
  /** What the columns of a set operation's members are brought to. */
  /** Unions that are the left member of a UNION that removes duplicates, which then does so for them. */
  readonly partsOfUnion = new Set<QueryBody>();
  readonly memberTargets = new Map<QueryBody, readonly OutputTarget[]>();
  readonly bodies = new Map<QueryBody, readonly BoundColumn[] | undefined>();
  readonly from = new Map<FromItem, BoundFrom>();
  readonly orderTargets = new Map<OrderItem, OrderTarget>();
  readonly commonTables = new Map<NodeBase, BoundCommonTable>();
  /** The type CASE and the conditional functions bring their values to. */
  readonly valueTypes = new Map<Case | FunctionCall | NodeBase, RedshiftType>();
  /** What makes expressions equal, see `expressionKey`. */
  readonly keys = new Map<NodeBase, string>();
  readonly reads: Relation[] = [];

  constructor(
    /** The text the tree's spans point into. */
    readonly source: string,
    readonly settings: DialectSettings,
    readonly parameters: Parameters,
  ) {}

  /** The type of an expression; `unknown` for what was not bound as one. */
  typeOf(node: NodeBase): RedshiftType {
    if (node.kind === 'parameter') return this.parameters.typeOf(node as Parameter);
    return this.types.get(node) ?? unknownType;
  }

  addRead(relation: Relation): void {
    const { duckdb, schema, name } = relation;
    if (!this.reads.some((known) => known.duckdb === duckdb && known.schema === schema && known.name === name)) {
      this.reads.push(relation);
    }
  }
}
