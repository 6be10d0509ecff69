import type { TypeName } from './expression.js';
import type { Identifier, NodeBase } from './node.js';
import type { Query, RelationName } from './query.js';

export type ExternalSource =
  | 'kinesis'
  | 'kafka'
  | 'msk'
  | 'data catalog'
  | 'hive metastore'
  | 'postgres'
  | 'mysql'
  | 'redshift';

export interface CreateExternalSchema extends NodeBase {
  readonly kind: 'create_external_schema';
  readonly ifNotExists: boolean;
  readonly name: Identifier;
  readonly source: ExternalSource;
  readonly region: string | undefined;
  /** `default`, or the quoted text: an ARN, a chain of ARNs, `SESSION`. */
  readonly iamRole: string | undefined;
  /**
   * Every other clause by its keyword in lower case: `database`, `schema`, `uri`, `port`, `authentication`,
   * `secret_arn` …
   */
  readonly options: Readonly<Record<string, string>>;
}
export interface AlterExternalSchema extends NodeBase {
  readonly kind: 'alter_external_schema';
  readonly name: Identifier;
  readonly options: Readonly<Record<string, string>>;
}
/** CREATE EXTERNAL TABLE, with its query for the `AS` form. */
export interface CreateExternalTable extends NodeBase {
  readonly kind: 'create_external_table';
  readonly ifNotExists: boolean;
  readonly name: RelationName;
  readonly columns: readonly ExternalColumn[];
  readonly partitionedBy: readonly ExternalColumn[];
  /** Clauses by their keyword in lower case: `row format serde`, `stored as`, `location` … */
  readonly options: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly query: Query | undefined;
}
/** A column of an external table; nested types keep their text. In `PARTITIONED BY` a column may have no type. */
export interface ExternalColumn extends NodeBase {
  readonly kind: 'external_column';
  readonly name: Identifier;
  readonly type: TypeName | NestedType | undefined;
}
/** `struct<…>`, `array<…>`, `map<…>`. */
export interface NestedType extends NodeBase {
  readonly kind: 'nested_type';
  readonly family: 'struct' | 'array' | 'map';
}
