import type { Identifier, NodeBase } from './node.js';
import type { RelationName } from './query.js';

export interface CreateSchema extends NodeBase {
  readonly kind: 'create_schema';
  readonly ifNotExists: boolean;
  /** `[database.]schema`; undefined for `CREATE SCHEMA AUTHORIZATION user`, whose name is the user's. */
  readonly name: RelationName | undefined;
  readonly owner: Identifier | undefined;
  readonly quota: QuotaClause | undefined;
}
/** `QUOTA 100 GB` or `QUOTA UNLIMITED`. */
export interface QuotaClause extends NodeBase {
  readonly kind: 'quota';
  /** `unlimited`, or number and unit in upper case: `100 GB`. */
  readonly value: string;
}
export interface AlterSchema extends NodeBase {
  readonly kind: 'alter_schema';
  readonly name: RelationName;
  readonly action:
    | { readonly type: 'rename'; readonly to: Identifier }
    | { readonly type: 'owner'; readonly owner: Identifier }
    | { readonly type: 'quota'; readonly quota: QuotaClause };
}
