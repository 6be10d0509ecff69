import { readStoredPassword } from '../../passwords/stored-password.js';
import type { PrincipalSnapshot, UserAttributes, UserEntry } from './contract.js';

/** What CREATE USER gives where it says nothing. */
export const newUserAttributes: UserAttributes = {
  createDatabase: false,
  superuser: false,
  connectionLimit: -1,
  syslogAccess: 'RESTRICTED',
};

/** A user that only connected is let in as the administrator is: it may do everything. */
const connectedUserAttributes: UserAttributes = { ...newUserAttributes, createDatabase: true, superuser: true };

/** What a user may do, made by CREATE USER or not. */
export function attributesOf({ attributes }: UserEntry): UserAttributes {
  return attributes ?? connectedUserAttributes;
}

/** Names of the users that may do everything. */
export function superusers(principals: PrincipalSnapshot): string[] {
  return principals.all('user').flatMap((user) => (attributesOf(user).superuser ? [user.name] : []));
}

/** A user as the system views read it. */
export interface UserRow {
  readonly usesysid: number;
  readonly usename: string;
  readonly superuser: boolean;
  readonly create_database: boolean;
  readonly connection_limit: number;
  readonly valid_until: string | null;
  readonly syslog_access: string;
}

/** Shape of `UserRow` for DuckDB's `from_json`. */
export const userRowShape: Readonly<Record<keyof UserRow, string>> = {
  usesysid: 'INTEGER',
  usename: 'VARCHAR',
  superuser: 'BOOLEAN',
  create_database: 'BOOLEAN',
  connection_limit: 'INTEGER',
  valid_until: 'VARCHAR',
  syslog_access: 'VARCHAR',
};

export function userRow(user: UserEntry): UserRow {
  const { superuser, createDatabase, connectionLimit, validUntil, syslogAccess } = attributesOf(user);
  return {
    usesysid: user.id,
    usename: user.name,
    superuser,
    create_database: createDatabase,
    connection_limit: connectionLimit,
    valid_until: validUntil ?? null,
    syslog_access: syslogAccess,
  };
}

/** Attributes from their stored form; undefined for a user that only connected. */
export function decodeUserAttributes(value: unknown): UserAttributes | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Partial<Record<keyof UserAttributes, unknown>> = value;
  const { password, connectionLimit, validUntil } = fields;
  return {
    password: password === null ? null : readStoredPassword(password),
    createDatabase: fields.createDatabase === true,
    superuser: fields.superuser === true,
    connectionLimit: typeof connectionLimit === 'number' ? connectionLimit : newUserAttributes.connectionLimit,
    validUntil: typeof validUntil === 'string' ? validUntil : undefined,
    syslogAccess: fields.syslogAccess === 'UNRESTRICTED' ? 'UNRESTRICTED' : 'RESTRICTED',
  };
}
