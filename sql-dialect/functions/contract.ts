import type { Expression } from '../ast/expression.js';
import type { DialectSettings } from '../catalog.js';
import type { RedshiftType } from '../types/redshift-type.js';

/**
 * What an argument may be. The binder picks a name's definition in two passes over its list:
 * 1. the first whose every argument is of its kind as it stands; an untyped literal, NULL or parameter is of any kind
 *    but `word`;
 * 2. else the first whose arguments can be cast implicitly (a SUPER argument becomes the parameter's type).
 *
 * As it stands: `integer` takes int2 and int4; `bigint` also int8; `numeric` also numeric; `float` float4 and float8;
 * `number` every number; `string` char, varchar, text, name; `timestamp`, `timestamptz`, `time`, `timetz`, `date`
 * themselves; `datetime` any of these five. `word`: a bare date part such as `month` (also accepted as a string
 * literal). `any`: taken as it is, never cast.
 */
export type ParameterKind =
  | 'any'
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'numeric'
  | 'float'
  | 'number'
  | 'string'
  | 'varbyte'
  | 'date'
  | 'time'
  | 'timetz'
  | 'timestamp'
  | 'timestamptz'
  | 'datetime'
  | 'interval'
  | 'super'
  | 'word'
  | 'oid';

/** An argument of a call after binding. */
export interface BoundArgument {
  /** DuckDB text, safe to put in any operator context. */
  readonly sql: string;
  readonly type: RedshiftType;
  readonly node: Expression;
  /** The value when the argument is a literal: a string's decoded text, a number's text, `null` for NULL. */
  readonly constant: string | null | undefined;
  /** A bare word (date part), in lower case. */
  readonly word: string | undefined;
}

export interface CallContext {
  readonly args: readonly BoundArgument[];
  readonly settings: DialectSettings;
  /** Raises a positioned SqlError at argument `index` (or at the call). */
  fail(code: string, message: string, index?: number): never;
}

/**
 * One line of a function table. A name may have several definitions (overloads), tried in order.
 */
export interface FunctionDefinition {
  /** Lower case. */
  readonly name: string;
  readonly parameters: readonly ParameterKind[];
  /** How many of `parameters`, from the end, may be left out. */
  readonly optional?: number | undefined;
  /** The last parameter may repeat any number of times. */
  readonly variadic?: boolean | undefined;
  readonly returns: RedshiftType | ((args: readonly BoundArgument[]) => RedshiftType);
  /**
   * The DuckDB form. A template (`strpos($2, $1)`: `$n` is the n-th argument, `$*` all, comma-separated), or code where
   * the form depends on the arguments. An argument that the form writes several times is still evaluated once.
   */
  readonly duckdb: string | ((call: CallContext) => string);
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  /** Column label when it is not the function's own name (`date_add` for DATEADD). */
  readonly label?: string | undefined;
  /** Written without parentheses (SYSDATE, CURRENT_DATE). */
  readonly keyword?: boolean | undefined;
  /** Runs on the leader node only: 0A000 "not supported on Redshift tables" in a query that reads a user table. */
  readonly leaderOnly?: boolean | undefined;
  /** Title of the AWS page. */
  readonly page: string;
}

/**
 * An aggregate or window function. `duckdb` is the text of one DuckDB call `name(arguments)`, to which
 * `expandAggregate` adds DISTINCT, ORDER BY, FILTER and OVER.
 */
export interface AggregateDefinition extends FunctionDefinition {
  /** Usable with OVER. */
  readonly window: boolean;
  /** Usable without OVER. */
  readonly aggregate: boolean;
  /** Whether an incremental refresh can maintain it ("Refreshing a materialized view"). */
  readonly incremental?: boolean | undefined;
  /**
   * `optional`: a WITHIN GROUP list orders the call's input (LISTAGG). `required`: its single expression is the call's
   * last argument, after those in parentheses, and `$sign` in the template is `-` for DESC (PERCENTILE_CONT). Left out:
   * refused.
   */
  readonly withinGroup?: 'required' | 'optional' | undefined;
  /** Further calls that share the decorations of the first (AVG of integers is a sum and a count). */
  readonly more?: readonly string[] | undefined;
  /**
   * The expression over the decorated calls, `$0`, `$a1`, `$a2` … in order; `$1 …` are still the arguments. Left out:
   * `$0`.
   */
  readonly finish?: string | ((call: CallContext) => string) | undefined;
  /** Condition every row must meet, added to FILTER: `$1 <> ''`. */
  readonly filter?: string | undefined;
  /**
   * Used instead of `duckdb` and `finish` when DISTINCT meets an ORDER BY, which DuckDB refuses together: DISTINCT is
   * dropped from the call.
   */
  readonly orderedDistinct?: { readonly duckdb: string; readonly finish: string } | undefined;
  /** OVER needs an ORDER BY (ranking functions). */
  readonly needsOrder?: boolean | undefined;
  /** Takes IGNORE NULLS / RESPECT NULLS. */
  readonly nullTreatment?: boolean | undefined;
}
