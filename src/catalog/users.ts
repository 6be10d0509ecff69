import type { Engine } from '../engine/contract.js';
import { hidden } from './physical.js';

/** Redshift's first ordinary user has id 100; 1 is the system's own `rdsdb`. */
const firstUserId = 100;

/** The users the server has met, with their ids. Kept in the default database's hidden schema. */
export class Users {
  readonly #ids = new Map<string, number>();

  constructor(
    private readonly engine: Engine,
    private readonly database: string,
  ) {}

  async load(): Promise<void> {
    const connection = await this.engine.connect();
    try {
      const rows = await connection.rows(`SELECT usesysid, usename FROM ${hidden(this.database, 'users')}`);
      for (const row of rows) this.#ids.set(String(row.usename), Number(row.usesysid));
    } finally {
      await connection.close();
    }
  }

  /** The user's id, or undefined for a name never seen. */
  id(name: string): number | undefined {
    return this.#ids.get(name);
  }

  /** All users' ids by name. */
  all(): ReadonlyMap<string, number> {
    return this.#ids;
  }

  /** The user's id; a new user is recorded. */
  async ensure(name: string): Promise<number> {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = Math.max(firstUserId - 1, ...this.#ids.values()) + 1;
    this.#ids.set(name, id);
    const connection = await this.engine.connect();
    try {
      await connection.run(
        `INSERT INTO ${hidden(this.database, 'users')} (usesysid, usename) VALUES ($1::INTEGER, $2)`,
        [id, name],
      );
    } finally {
      await connection.close();
    }
    return id;
  }
}
