import type { ObjectName, Relation } from './catalog.js';
import type { RedshiftType } from './types/redshift-type.js';

/** A result column as a client sees it. */
export interface OutputColumn {
  /** Redshift's label. */
  readonly label: string;
  readonly type: RedshiftType;
  /** Where the column comes from, when it is a bare column of a relation. */
  readonly source?: { readonly schema: string; readonly relation: string; readonly column: string } | undefined;
  readonly nullable?: boolean | undefined;
}

/** A statement that returns rows; `duckdb` may be run as it stands. Parameters appear as `$1 …` in it. */
export interface QueryPlan {
  readonly kind: 'select';
  readonly duckdb: string;
  readonly columns: readonly OutputColumn[];
  /** Types of `$1 …`, declared or inferred; `unknown` where it cannot be inferred. */
  readonly parameters: readonly RedshiftType[];
  /** Relations read, in order of first mention, without duplicates. */
  readonly reads: readonly Relation[];
  /** Maps offsets of `duckdb` back to the statement's text. */
  readonly positions: PositionMap;
}

/**
 * INSERT, UPDATE, DELETE, MERGE. Several texts run in one transaction; the last one's row count (or their sum for
 * MERGE) is the tag's.
 */
export interface DmlPlan {
  readonly kind: 'insert' | 'update' | 'delete' | 'merge';
  readonly duckdb: readonly string[];
  readonly target: Relation;
  readonly parameters: readonly RedshiftType[];
  readonly reads: readonly Relation[];
  readonly positions: PositionMap;
}

export interface PositionMap {
  /** The UTF-16 offset in the source text for an offset in the emitted text, or undefined inside generated text. */
  toSource(emittedOffset: number): number | undefined;
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: RedshiftType;
  readonly notNull: boolean;
  /** DuckDB expression text for the default. */
  readonly defaultDuckdb: string | undefined;
  /** The default as the user wrote it, for catalogs. */
  readonly defaultText: string | undefined;
  readonly identity: { readonly seed: number; readonly step: number; readonly byDefault: boolean } | undefined;
  readonly encoding: string | undefined;
  readonly distKey: boolean;
  readonly sortKey: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
}

export interface TableAttributes {
  readonly backup: boolean | undefined;
  readonly distStyle: 'auto' | 'even' | 'key' | 'all' | undefined;
  /** A column name, or a 1-based ordinal of the select list. */
  readonly distKey: string | number | undefined;
  readonly sortKey: readonly (string | number)[];
  readonly sortStyle: 'compound' | 'interleaved' | 'auto' | undefined;
}

export interface TableConstraint {
  readonly type: 'primary key' | 'unique' | 'foreign key';
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly references: { readonly table: ObjectName; readonly columns: readonly string[] } | undefined;
}

/** A query inside DDL (CTAS, view, materialized view): its Redshift text to store, and its compiled form. */
export interface DefiningQuery {
  /** Redshift text as written. */
  readonly text: string;
  /** UTF-16 offset of `text` in the statement. */
  readonly offset: number;
  readonly compiled: QueryPlan;
}

export interface CreateExternalSchemaPlan {
  readonly kind: 'create_external_schema';
  readonly name: string;
  readonly ifNotExists: boolean;
  /** The sources that can be read. */
  readonly source: 'kinesis';
  readonly region: string | undefined;
  /** `default`, an ARN or a chain of ARNs. */
  readonly iamRole: string | undefined;
}
export interface CreateSchemaPlan {
  readonly kind: 'create_schema';
  readonly name: string;
  readonly ifNotExists: boolean;
  readonly owner: string | undefined;
  readonly quota: string | undefined;
}
export interface CreateTablePlan {
  readonly kind: 'create_table';
  readonly name: ObjectName;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly TableConstraint[];
  readonly attributes: TableAttributes;
  /** `LIKE parent [INCLUDING DEFAULTS]`. */
  readonly like: { readonly table: ObjectName; readonly includingDefaults: boolean } | undefined;
}
/** CREATE TABLE AS and SELECT INTO. */
export interface CreateTableAsPlan {
  readonly kind: 'create_table_as';
  readonly name: ObjectName;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly columnNames: readonly string[];
  readonly attributes: TableAttributes;
  readonly query: DefiningQuery;
  /** `SELECT … INTO t` answers tag SELECT. */
  readonly selectInto: boolean;
}
export interface CreateViewPlan {
  readonly kind: 'create_view';
  readonly name: ObjectName;
  readonly orReplace: boolean;
  readonly columnNames: readonly string[];
  readonly noSchemaBinding: boolean;
  /** For a late-binding view `compiled` is not available: nothing is looked up at creation. */
  readonly query: DefiningQuery | { readonly text: string; readonly offset: number; readonly compiled: undefined };
}
export interface CreateMaterializedViewPlan {
  readonly kind: 'create_materialized_view';
  readonly name: ObjectName;
  readonly columnNames: readonly string[];
  readonly attributes: TableAttributes;
  readonly autoRefresh: boolean;
  readonly query: DefiningQuery;
}
export interface RefreshMaterializedViewPlan {
  readonly kind: 'refresh_materialized_view';
  readonly name: ObjectName;
  readonly mode: 'restrict' | 'cascade';
}
export interface AlterMaterializedViewPlan {
  readonly kind: 'alter_materialized_view';
  readonly name: ObjectName;
  readonly action: MaterializedViewAction;
}
export type MaterializedViewAction =
  | { readonly type: 'auto_refresh'; readonly on: boolean }
  | { readonly type: 'attributes'; readonly attributes: TableAttributes };
/** CREATE USER, ALTER USER. What is undefined was not said. */
export interface UserPlan {
  readonly kind: 'create_user' | 'alter_user';
  readonly name: string;
  readonly newName: string | undefined;
  readonly createDatabase: boolean | undefined;
  readonly superuser: boolean | undefined;
  /** -1: unlimited. */
  readonly connectionLimit: number | undefined;
  /** As written; `infinity` for no end. */
  readonly validUntil: string | undefined;
  readonly syslogAccess: 'RESTRICTED' | 'UNRESTRICTED' | undefined;
  /** What PASSWORD gives; behind a function, so that no printed plan shows it. */
  readonly password: (() => string) | 'disable' | undefined;
}
/** DROP TABLE, DROP VIEW, DROP MATERIALIZED VIEW. */
export interface DropRelationsPlan {
  readonly kind: 'drop_table' | 'drop_view' | 'drop_materialized_view';
  readonly names: readonly ObjectName[];
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface DropSchemasPlan {
  readonly kind: 'drop_schema';
  readonly names: readonly string[];
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface DropUsersPlan {
  readonly kind: 'drop_user';
  readonly names: readonly string[];
  readonly ifExists: boolean;
}
export interface AlterTablePlan {
  readonly kind: 'alter_table';
  readonly name: ObjectName;
  readonly action: AlterTableAction;
}
export type AlterTableAction =
  | { readonly type: 'add_column'; readonly column: ColumnDefinition }
  | { readonly type: 'drop_column'; readonly column: string; readonly cascade: boolean }
  | { readonly type: 'rename_column'; readonly from: string; readonly to: string }
  | { readonly type: 'rename_table'; readonly to: string }
  | { readonly type: 'alter_column_type'; readonly column: string; readonly dataType: RedshiftType }
  | { readonly type: 'alter_column_encode'; readonly column: string; readonly encoding: string }
  | { readonly type: 'owner'; readonly owner: string }
  | { readonly type: 'attributes'; readonly attributes: TableAttributes }
  | { readonly type: 'add_constraint'; readonly constraint: TableConstraint }
  | { readonly type: 'drop_constraint'; readonly name: string; readonly cascade: boolean }
  | { readonly type: 'append'; readonly from: ObjectName; readonly ignoreExtra: boolean; readonly fillTarget: boolean };
export interface AlterSchemaPlan {
  readonly kind: 'alter_schema';
  readonly name: string;
  readonly action:
    | { readonly type: 'rename'; readonly to: string }
    | { readonly type: 'owner'; readonly owner: string }
    | { readonly type: 'quota'; readonly quota: string };
}
export interface TruncatePlan {
  readonly kind: 'truncate';
  readonly target: Relation;
}
export interface TransactionPlan {
  readonly kind: 'begin' | 'commit' | 'rollback';
  /** The words that decide the command tag: BEGIN or START TRANSACTION; COMMIT or END; ROLLBACK or ABORT. */
  readonly spelling: string;
  /** BEGIN READ ONLY, BEGIN READ WRITE. */
  readonly readOnly?: boolean | undefined;
}
export interface SetPlan {
  readonly kind: 'set';
  readonly name: string;
  /** Undefined for `SET x TO DEFAULT`. */
  readonly value: string | undefined;
  readonly local: boolean;
}
export interface ResetPlan {
  readonly kind: 'reset';
  /** `all` resets every setting. */
  readonly name: string;
}
export interface ShowPlan {
  readonly kind: 'show';
  readonly name: string;
}
/** SHOW of what the catalog holds. */
export interface ShowObjectsPlan {
  readonly kind: 'show_objects';
  readonly what: 'columns' | 'databases' | 'schemas' | 'table' | 'tables' | 'view';
  readonly scope: readonly string[];
  readonly like: string | undefined;
  readonly limit: number | undefined;
}
export interface ExplainPlan {
  readonly kind: 'explain';
  readonly verbose: boolean;
  readonly statement: ExplainablePlan;
}
/** What EXPLAIN shows the plan of. */
export type ExplainablePlan = QueryPlan | DmlPlan | CreateTableAsPlan;
export interface CommentPlan {
  readonly kind: 'comment';
  readonly objectType: 'table' | 'column' | 'view' | 'materialized view' | 'schema' | 'database' | 'constraint';
  readonly name: readonly string[];
  readonly text: string | undefined;
}
export interface PreparePlan {
  readonly kind: 'prepare';
  readonly name: string;
  readonly parameterTypes: readonly RedshiftType[];
  /** Redshift text of the prepared statement. */
  readonly text: string;
  readonly offset: number;
}
export interface ExecutePlan {
  readonly kind: 'execute';
  readonly name: string;
  readonly arguments: readonly ExecuteArgument[];
}
export interface ExecuteArgument {
  /** The value as a DuckDB constant expression. */
  readonly duckdb: string;
  /** A string literal, whose type is the parameter's, as it was written. */
  readonly literal?: string | undefined;
}
export interface DeallocatePlan {
  readonly kind: 'deallocate';
  /** `all` deallocates every statement. */
  readonly name: string;
  /** The name before it was folded. Statements that clients made by the protocol keep the case of their names. */
  readonly written: string;
}
export interface DeclareCursorPlan {
  readonly kind: 'declare';
  readonly name: string;
  readonly hold: boolean;
  readonly query: QueryPlan;
}
export interface FetchPlan {
  readonly kind: 'fetch';
  readonly name: string;
  readonly count: number | 'all';
}
export interface CloseCursorPlan {
  readonly kind: 'close';
  /** `all` closes every cursor. */
  readonly name: string;
}
/** ANALYZE, VACUUM, LOCK and other statements that succeed without changing what a query sees. */
export interface MaintenancePlan {
  readonly kind: 'analyze' | 'vacuum' | 'lock';
  readonly tables: readonly ObjectName[];
}
/**
 * A statement that is understood but that duckshift does not run: answered with 0A000 naming `feature`. `details` holds
 * what was parsed, for `translate --json` and for the day it runs.
 */
export interface UnsupportedPlan {
  readonly kind: string;
  readonly unsupported: true;
  readonly feature: string;
  /** The message for the client, where Redshift refuses it too; `refusal` returns it. */
  readonly message?: string | undefined;
  /** What works instead. */
  readonly hint?: string | undefined;
  /** 1-based, in characters. */
  readonly position: number;
  readonly details: Readonly<Record<string, unknown>>;
}

export type ExecutablePlan =
  | QueryPlan
  | DmlPlan
  | CreateExternalSchemaPlan
  | CreateSchemaPlan
  | CreateTablePlan
  | CreateTableAsPlan
  | CreateViewPlan
  | CreateMaterializedViewPlan
  | RefreshMaterializedViewPlan
  | AlterMaterializedViewPlan
  | UserPlan
  | DropRelationsPlan
  | DropSchemasPlan
  | DropUsersPlan
  | AlterTablePlan
  | AlterSchemaPlan
  | TruncatePlan
  | TransactionPlan
  | SetPlan
  | ResetPlan
  | ShowPlan
  | ShowObjectsPlan
  | ExplainPlan
  | CommentPlan
  | PreparePlan
  | ExecutePlan
  | DeallocatePlan
  | DeclareCursorPlan
  | FetchPlan
  | CloseCursorPlan
  | MaintenancePlan;

/** The plan type of a kind; one type may have several kinds. */
export type PlanOf<K extends ExecutablePlan['kind'], P = ExecutablePlan> = P extends ExecutablePlan
  ? K extends P['kind']
    ? P
    : never
  : never;

export type Plan = ExecutablePlan | UnsupportedPlan;

/** True for a plan that the engine refuses with 0A000. */
export function isUnsupported(plan: Plan): plan is UnsupportedPlan {
  return 'unsupported' in plan && plan.unsupported === true;
}

/** The message of the error that answers an unsupported statement. */
export function refusal({ feature, message }: UnsupportedPlan): string {
  return message ?? `${feature} is not supported`;
}
