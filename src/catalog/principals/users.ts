import { DuckshiftError } from '../../base/errors.js';
import type { Engine } from '../../engine/contract.js';
import { readStoredPassword, type StoredPassword } from '../../passwords/stored-password.js';
import { hidden } from '../physical.js';

/** Redshift's first ordinary user has id 100; 1 is the system's own `rdsdb`. */
const firstUserId = 100;

/** What CREATE USER and ALTER USER keep ("CREATE USER"). A user that only connected has none. */
export interface UserAttributes {
  /** null: PASSWORD DISABLE; undefined: none was ever set. */
  readonly password?: StoredPassword | null | undefined;
  readonly createDatabase: boolean;
  readonly superuser: boolean;
  /** -1: unlimited. */
  readonly connectionLimit: number;
  /** As written; `infinity` for no end. */
  readonly validUntil?: string | undefined;
  readonly syslogAccess: 'RESTRICTED' | 'UNRESTRICTED';
}

interface User {
  readonly id: number;
  readonly attributes: UserAttributes | undefined;
}

/** The users the server has met, with their ids. Kept in the default database's hidden schema. */
export class Users {
  readonly #users = new Map<string, User>();
  #ids: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly engine: Engine,
    private readonly database: string,
  ) {}

  async load(): Promise<void> {
    const rows = await this.#run(
      (table) => `SELECT usesysid, usename, attributes::VARCHAR AS attributes FROM ${table}`,
    );
    for (const row of rows) {
      const attributes = typeof row.attributes === 'string' ? decodeAttributes(row.attributes) : undefined;
      this.#set(String(row.usename), { id: Number(row.usesysid), attributes });
    }
  }

  /** The user's id, or undefined for a name never seen. */
  id(name: string): number | undefined {
    return this.#users.get(name)?.id;
  }

  /** All users' ids by name; another map after each change. */
  all(): ReadonlyMap<string, number> {
    return this.#ids;
  }

  /** Names of the users that may do everything: those made with CREATEUSER, and those that only connected. */
  superusers(): string[] {
    return [...this.#users].flatMap(([name, { attributes }]) => (attributes?.superuser === false ? [] : [name]));
  }

  /** What CREATE USER or ALTER USER kept of the user; undefined for any other name. */
  attributes(name: string): UserAttributes | undefined {
    return this.#users.get(name)?.attributes;
  }

  /** The user's id; a new user is recorded. */
  async ensure(name: string): Promise<number> {
    const known = this.#users.get(name);
    if (known !== undefined) return known.id;
    const id = this.#nextId();
    this.#set(name, { id, attributes: undefined });
    await this.#run((table) => `INSERT INTO ${table} (usesysid, usename) VALUES ($1::INTEGER, $2)`, [id, name]);
    return id;
  }

  /** Make a user, or keep what a user that only connected so far may do. Throws 42710 for a user that was made before. */
  async create(name: string, attributes: UserAttributes): Promise<void> {
    if (this.attributes(name) !== undefined) throw new DuckshiftError('42710', `user "${name}" already exists`);
    await this.ensure(name);
    await this.alter(name, name, attributes);
  }

  /** Change a user and its name. Throws 42704 for a user that is not there, 42710 when the new name is taken. */
  async alter(name: string, newName: string, attributes: UserAttributes): Promise<void> {
    const known = this.#users.get(name);
    if (known === undefined) throw new DuckshiftError('42704', `user "${name}" does not exist`);
    if (newName !== name && this.#users.has(newName))
      throw new DuckshiftError('42710', `user "${newName}" already exists`);
    await this.#run(
      (table) => `UPDATE ${table} SET usename = $2, attributes = $3::JSON WHERE usesysid = $1::INTEGER`,
      [known.id, newName, JSON.stringify(attributes)],
    );
    this.#users.delete(name);
    this.#set(newName, { id: known.id, attributes });
  }

  /** Throws 42704 for a user that is not there. */
  async drop(name: string): Promise<void> {
    const known = this.#users.get(name);
    if (known === undefined) throw new DuckshiftError('42704', `user "${name}" does not exist`);
    await this.#run((table) => `DELETE FROM ${table} WHERE usesysid = $1::INTEGER`, [known.id]);
    this.#users.delete(name);
    this.#listIds();
  }

  #nextId(): number {
    let last = firstUserId - 1;
    for (const { id } of this.#users.values()) last = Math.max(last, id);
    return last + 1;
  }

  #set(name: string, user: User): void {
    this.#users.set(name, user);
    this.#listIds();
  }

  #listIds(): void {
    this.#ids = new Map(Array.from(this.#users, ([name, { id }]) => [name, id]));
  }

  async #run(
    sql: (table: string) => string,
    parameters?: readonly (string | number)[],
  ): Promise<Record<string, unknown>[]> {
    const connection = await this.engine.connect();
    try {
      return await connection.rows(sql(hidden(this.database, 'users')), parameters);
    } finally {
      await connection.close();
    }
  }
}

function decodeAttributes(text: string): UserAttributes {
  const value: unknown = JSON.parse(text);
  const fields: Partial<Record<keyof UserAttributes, unknown>> =
    typeof value === 'object' && value !== null ? value : {};
  const { password, connectionLimit, validUntil } = fields;
  return {
    password: password === null ? null : readStoredPassword(password),
    createDatabase: fields.createDatabase === true,
    superuser: fields.superuser === true,
    connectionLimit: typeof connectionLimit === 'number' ? connectionLimit : -1,
    validUntil: typeof validUntil === 'string' ? validUntil : undefined,
    syslogAccess: fields.syslogAccess === 'UNRESTRICTED' ? 'UNRESTRICTED' : 'RESTRICTED',
  };
}
