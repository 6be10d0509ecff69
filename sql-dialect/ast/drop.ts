import type { NodeBase } from './node.js';
import type { RelationName } from './query.js';
import type { RoutineSignature } from './routine.js';

export type DropObjectType =
  | 'table'
  | 'view'
  | 'materialized view'
  | 'external view'
  | 'schema'
  | 'database'
  | 'user'
  | 'group'
  | 'role'
  | 'function'
  | 'procedure'
  | 'library'
  | 'model'
  | 'datashare'
  | 'identity provider'
  | 'masking policy'
  | 'rls policy'
  | 'template';

export interface DropStatement extends NodeBase {
  readonly kind: 'drop';
  readonly objectType: DropObjectType;
  /** Empty for functions and procedures, which `signatures` names. */
  readonly names: readonly RelationName[];
  readonly ifExists: boolean;
  readonly cascade: boolean;
  /** `DROP SCHEMA … DROP EXTERNAL DATABASE`. */
  readonly dropExternalDatabase: boolean;
  /** `DROP ROLE … FORCE`, `DROP DATABASE … FORCE`. */
  readonly force: boolean;
  readonly signatures: readonly RoutineSignature[];
}
