import type { Identifier, NodeBase } from './node.js';
import type { Query, RelationName } from './query.js';
import type { AlterDistribution, AlterSortKey, IcebergClause, SecurityClause, TableAttributesClause } from './table.js';

export interface CreateView extends NodeBase {
  readonly kind: 'create_view';
  readonly orReplace: boolean;
  readonly name: RelationName;
  readonly columns: readonly Identifier[];
  readonly query: Query;
  /** `WITH NO SCHEMA BINDING`: a late-binding view. */
  readonly noSchemaBinding: boolean;
}
/** `{CREATE [OR REPLACE] | ALTER} EXTERNAL [PROTECTED] VIEW … AS query`: a view in the AWS Glue Data Catalog. */
export interface CreateExternalView extends NodeBase {
  readonly kind: 'create_external_view';
  readonly action: 'create' | 'alter' | 'remove definition';
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly name: RelationName;
  readonly query: Query | undefined;
  readonly force: boolean;
}
export interface CreateMaterializedView extends NodeBase {
  readonly kind: 'create_materialized_view';
  readonly name: RelationName;
  readonly columns: readonly Identifier[];
  readonly attributes: TableAttributesClause | undefined;
  /** Undefined without an AUTO REFRESH clause. */
  readonly autoRefresh: boolean | undefined;
  readonly iceberg: IcebergClause | undefined;
  readonly query: Query;
}
export interface RefreshMaterializedView extends NodeBase {
  readonly kind: 'refresh_materialized_view';
  readonly name: RelationName;
  readonly mode: 'restrict' | 'cascade';
}
export interface AlterMaterializedView extends NodeBase {
  readonly kind: 'alter_materialized_view';
  readonly name: RelationName;
  readonly action: AutoRefreshClause | AlterDistribution | AlterSortKey | SecurityClause;
}
export interface AutoRefreshClause extends NodeBase {
  readonly kind: 'auto_refresh';
  readonly on: boolean;
}
