import type { Identifier, NodeBase } from './node.js';

export interface GrantStatement extends NodeBase {
  readonly kind: 'grant';
  readonly privileges: readonly Privilege[];
  readonly object: GrantObject | undefined;
  readonly grantees: readonly Grantee[];
  readonly withGrantOption: boolean;
  readonly withAdminOption: boolean;
  /** Further clauses by keyword in lower case: `for`, `via`, `scope` … */
  readonly options: Readonly<Record<string, string>>;
}
export interface RevokeStatement extends NodeBase {
  readonly kind: 'revoke';
  /** `GRANT OPTION FOR`, `ADMIN OPTION FOR`. */
  readonly optionFor: 'grant' | 'admin' | undefined;
  readonly privileges: readonly Privilege[];
  readonly object: GrantObject | undefined;
  readonly grantees: readonly Grantee[];
  readonly cascade: boolean;
  readonly options: Readonly<Record<string, string>>;
}
/** One privilege, e.g. `select (a, b)`, `all privileges`, `create model`, `assumerole`, or `role x` for role membership. */
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
  /** Lower case: `table`, `schema`, `database`, `all tables in schema`, `function`, `language`, `datashare`, `iam role` … */
  readonly type: string;
  /** Names as written, one per object. */
  readonly names: readonly string[];
}
export interface Grantee extends NodeBase {
  readonly kind: 'grantee';
  readonly type: 'user' | 'group' | 'role' | 'public' | 'account' | 'namespace' | 'iam_role' | 'datashare';
  readonly name: string | undefined;
  readonly withGrantOption: boolean;
}
export interface AlterDefaultPrivileges extends NodeBase {
  readonly kind: 'alter_default_privileges';
  readonly forUsers: readonly Identifier[];
  readonly inSchemas: readonly Identifier[];
  readonly action: 'grant' | 'revoke';
  readonly optionFor: 'grant' | undefined;
  readonly privileges: readonly Privilege[];
  /** Lower case: `tables`, `functions`, `procedures`, `schemas` … */
  readonly objectType: string;
  readonly grantees: readonly Grantee[];
  readonly withGrantOption: boolean;
  readonly cascade: boolean;
}
