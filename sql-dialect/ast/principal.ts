import type { Identifier, NodeBase } from './node.js';

export interface CreateUser extends NodeBase {
  readonly kind: 'create_user';
  readonly name: Identifier;
  readonly options: readonly UserOption[];
}
export interface AlterUser extends NodeBase {
  readonly kind: 'alter_user';
  readonly name: Identifier;
  readonly options: readonly UserOption[];
}
/** What CREATE USER and ALTER USER say of a user; each at most once. */
export type UserOption =
  | UserPassword
  | UserFlag
  | UserSyslogAccess
  | UserGroups
  | UserValidUntil
  | UserConnectionLimit
  | UserSessionTimeout
  | UserExternalId
  | UserRename
  | UserSetting;
export interface UserPassword extends NodeBase {
  readonly kind: 'user_password';
  /** Undefined for PASSWORD DISABLE. */
  readonly text: string | undefined;
}
/** `[NO]CREATEDB`, `[NO]CREATEUSER`. */
export interface UserFlag extends NodeBase {
  readonly kind: 'user_createdb' | 'user_createuser';
  readonly on: boolean;
}
export interface UserSyslogAccess extends NodeBase {
  readonly kind: 'user_syslog_access';
  readonly access: 'restricted' | 'unrestricted';
}
export interface UserGroups extends NodeBase {
  readonly kind: 'user_groups';
  readonly groups: readonly Identifier[];
}
export interface UserValidUntil extends NodeBase {
  readonly kind: 'user_valid_until';
  readonly text: string;
}
export interface UserConnectionLimit extends NodeBase {
  readonly kind: 'user_connection_limit';
  readonly limit: number | 'unlimited';
}
export interface UserSessionTimeout extends NodeBase {
  readonly kind: 'user_session_timeout';
  /** Undefined for RESET SESSION TIMEOUT. */
  readonly seconds: number | undefined;
}
export interface UserExternalId extends NodeBase {
  readonly kind: 'user_externalid';
  readonly text: string;
}
export interface UserRename extends NodeBase {
  readonly kind: 'user_rename';
  readonly to: Identifier;
}
/** `SET name TO values`; without values for DEFAULT and RESET. */
export interface UserSetting extends NodeBase {
  readonly kind: 'user_setting';
  readonly name: Identifier;
  readonly values: readonly string[] | undefined;
}

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
