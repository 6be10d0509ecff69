import type { Identifier, NodeBase } from './node.js';

export interface CreateUser extends NodeBase {
  readonly kind: 'create_user';
  readonly name: Identifier;
  readonly options: PrincipalOptions;
}
export interface AlterUser extends NodeBase {
  readonly kind: 'alter_user';
  readonly name: Identifier;
  readonly options: PrincipalOptions;
}
/**
 * Options by keyword in lower case (`password` is `true` for PASSWORD DISABLE, else what was written): `password`,
 * `createdb`, `connection limit`, `valid until`, `set` … `true` for a bare keyword.
 */
export type PrincipalOptions = Readonly<Record<string, string | true | readonly string[]>>;

export interface CreateGroup extends NodeBase {
  readonly kind: 'create_group';
  readonly name: Identifier;
  readonly users: readonly Identifier[];
}
export interface AlterGroup extends NodeBase {
  readonly kind: 'alter_group';
  readonly name: Identifier;
  readonly action: 'add user' | 'drop user' | 'rename';
  readonly users: readonly Identifier[];
  readonly to: Identifier | undefined;
}
export interface CreateRole extends NodeBase {
  readonly kind: 'create_role';
  readonly name: Identifier;
  readonly externalId: string | undefined;
}
export interface AlterRole extends NodeBase {
  readonly kind: 'alter_role';
  readonly name: Identifier;
  readonly action: 'rename' | 'owner' | 'external id';
  readonly to: string;
}
