import type { Identifier, NodeBase } from './node.js';

export interface GrantStatement extends NodeBase {
  readonly kind: 'grant';
  readonly privileges: readonly Privilege[];
  readonly object: GrantObject | undefined;
  readonly grantees: readonly Grantee[];
  /** Of `GRANT ASSUMEROLE … FOR`: `all`, `copy`, `unload`, `external function`, `create model`. */
  readonly purposes: readonly string[];
}
export interface RevokeStatement extends NodeBase {
  readonly kind: 'revoke';
  /** `GRANT OPTION FOR`, `ADMIN OPTION FOR`. */
  readonly optionFor: 'grant' | 'admin' | undefined;
  readonly privileges: readonly Privilege[];
  readonly object: GrantObject | undefined;
  readonly grantees: readonly Grantee[];
  readonly purposes: readonly string[];
  readonly cascade: boolean;
}
/**
 * One privilege, e.g. `select (a, b)`, `all privileges`, `create model`, `assumerole`; `role` with the role's name for
 * membership.
 */
export interface Privilege extends NodeBase {
  readonly kind: 'privilege';
  /** Lower case. */
  readonly name: string;
  readonly columns: readonly Identifier[];
  /** The role of `GRANT ROLE r TO …`. */
  readonly role: string | undefined;
}
export interface GrantObject extends NodeBase {
  readonly kind: 'grant_object';
  /**
   * Lower case: `table`, `schema`, `database`, `all tables in schema`, `function`, `language`, `iam role` …; scoped:
   * `tables in schema`.
   */
  readonly type: string;
  /** Names as written, one per object. */
  readonly names: readonly string[];
}
export type GranteeType =
  | 'user'
  | 'group'
  | 'role'
  | 'public'
  | 'account'
  | 'namespace'
  | 'iam_role'
  | 'rls policy'
  | 'masking policy';
export interface Grantee extends NodeBase {
  readonly kind: 'grantee';
  readonly type: GranteeType;
  /** Undefined for PUBLIC. */
  readonly name: string | undefined;
  readonly option: 'grant' | 'admin' | undefined;
  /** `VIA DATA CATALOG`. */
  readonly viaDataCatalog: boolean;
}
export interface AlterDefaultPrivileges extends NodeBase {
  readonly kind: 'alter_default_privileges';
  readonly forUsers: readonly Identifier[];
  readonly inSchemas: readonly Identifier[];
  readonly action: 'grant' | 'revoke';
  readonly optionFor: 'grant' | undefined;
  readonly privileges: readonly Privilege[];
  /** Lower case: `tables`, `functions`, `procedures` … */
  readonly objectType: string;
  readonly grantees: readonly Grantee[];
  readonly cascade: boolean;
}
