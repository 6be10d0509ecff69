import type { Engine, EngineConnection } from '../../engine/contract.js';
import { Claims } from '../claims.js';
import { hidden } from '../physical.js';
import type {
  PrincipalEntry,
  PrincipalKind,
  PrincipalName,
  PrincipalSnapshot,
  PrincipalTransaction,
} from './contract.js';
import { isPrincipalKind, principalKinds, recordOf } from './kinds.js';
import { type PrincipalChange, Principals, principalKey } from './snapshot.js';

/**
 * Columns of the hidden table that holds principals. `dropped`: another database holds an older row of the same name,
 * which counts no more.
 */
const tableColumns =
  'kind VARCHAR NOT NULL, name VARCHAR NOT NULL, id INTEGER NOT NULL, version BIGINT NOT NULL, dropped BOOLEAN NOT NULL, definition JSON';

const tableName = 'principals';

/** The statement that makes the table of principals in `database` where it is missing. */
export function createPrincipalTable(database: string): string {
  return `CREATE TABLE IF NOT EXISTS ${hidden(database, tableName)} (${tableColumns})`;
}

/**
 * The principals of the whole server. Each is written to the database of the session that changes it, in that session's
 * transaction, because the engine writes to one database a transaction; of rows of one name in several databases the
 * newest version counts.
 */
export class PrincipalStore {
  readonly #claims = new Claims();
  /**
   * The newest version of each name that was loaded or written, dropped ones included, and the databases that hold rows
   * of it.
   */
  readonly #stored = new Map<string, { version: number; readonly databases: Set<string> }>();
  #current = Principals.none;
  #lastVersion = 0;
  /** Ids that open transactions have taken count as well. */
  readonly #lastIds = new Map<PrincipalKind, number>();

  constructor(
    private readonly engine: Engine,
    private readonly defaultDatabase: string,
  ) {}

  /** Take in what a database holds. Of rows of the same version, those of the database loaded first count. */
  async load(connection: EngineConnection, database: string): Promise<void> {
    const rows = await connection.rows(
      `SELECT kind, name, id, version, dropped, definition::VARCHAR AS definition FROM ${hidden(database, tableName)} ORDER BY id`,
    );
    for (const row of rows) {
      const [kind, name, version] = [String(row.kind), String(row.name), Number(row.version)];
      if (!isPrincipalKind(kind)) continue;
      this.#lastVersion = Math.max(this.#lastVersion, version);
      const key = principalKey(kind, name);
      const known = this.#stored.get(key);
      known?.databases.add(database);
      if (known !== undefined && known.version >= version) continue;
      if (known === undefined) this.#stored.set(key, { version, databases: new Set([database]) });
      else known.version = version;
      this.#takeIn(kind, name, row);
    }
  }

  #takeIn(kind: PrincipalKind, name: string, row: Record<string, unknown>): void {
    const before = this.#current.find(kind, name);
    if (row.dropped === true) {
      if (before !== undefined) this.#current = this.#current.apply([{ type: 'remove', entry: before }]);
      return;
    }
    // Databases that were made apart from each other may have given the same id twice.
    const taken = this.#current.all(kind).some(({ id, name: other }) => id === Number(row.id) && other !== name);
    const id = taken ? this.nextId(kind, this.#current) : Number(row.id);
    const stored: unknown = typeof row.definition === 'string' ? JSON.parse(row.definition) : undefined;
    this.#current = this.#current.apply([{ type: 'put', entry: principalKinds[kind].decode(id, name, stored) }]);
  }

  current(): PrincipalSnapshot {
    return this.#current;
  }

  /** Start changing principals inside the caller's transaction on `connection`, whose database is `database`. */
  begin(database: string, connection: EngineConnection): PrincipalTransaction {
    return new OpenPrincipalTransaction(this, this.#claims, database, connection);
  }

  /** The id of a user that connects. A new user is recorded, in a transaction of its own. */
  async ensureUser(name: string): Promise<number> {
    const known = this.#current.find('user', name);
    if (known !== undefined) return known.id;
    // Whoever makes this very user now need not be waited for: its CREATE USER records it.
    if (this.#claims.isClaimed(principalKey('user', name))) return this.nextId('user', this.#current);
    const connection = await this.engine.connect();
    const transaction = this.begin(this.defaultDatabase, connection);
    try {
      await transaction.claim([{ kind: 'user', name }]);
      const entry = transaction.snapshot.find('user', name) ?? {
        kind: 'user',
        id: transaction.nextId('user'),
        name,
        attributes: undefined,
      };
      if (transaction.snapshot.find('user', name) === undefined) await transaction.put(entry);
      transaction.publish();
      return entry.id;
    } finally {
      transaction.discard();
      await connection.close();
    }
  }

  /** @internal */
  state(): Principals {
    return this.#current;
  }

  /** @internal */
  nextId(kind: PrincipalKind, principals: PrincipalSnapshot): number {
    const { firstId } = principalKinds[kind];
    const given = this.#lastIds.get(kind) ?? firstId - 1;
    const id = principals.all(kind).reduce((last, entry) => Math.max(last, entry.id), given) + 1;
    this.#lastIds.set(kind, id);
    return id;
  }

  /**
   * Write a change to `database` on its connection.
   *
   * @internal
   */
  async write(database: string, connection: EngineConnection, { type, entry }: PrincipalChange): Promise<void> {
    const { kind, name, id } = entry;
    const table = hidden(database, tableName);
    const elsewhere = this.#isStoredElsewhere(database, entry);
    await connection.run(`DELETE FROM ${table} WHERE kind = $1 AND name = $2`, [kind, name]);
    if (type === 'remove' && !elsewhere) return;
    const definition = type === 'remove' ? null : JSON.stringify(recordOf(entry).encode(entry));
    await connection.run(`INSERT INTO ${table} VALUES ($1, $2, $3::INTEGER, $4::BIGINT, $5::BOOLEAN, $6::JSON)`, [
      kind,
      name,
      id,
      String(++this.#lastVersion),
      type === 'remove',
      definition,
    ]);
  }

  /** Whether another database holds a row of the same name: what is dropped has to leave a mark then. */
  #isStoredElsewhere(database: string, { kind, name }: PrincipalEntry): boolean {
    const databases = this.#stored.get(principalKey(kind, name))?.databases ?? [];
    return [...databases].some((one) => one !== database);
  }

  /** @internal */
  commit(database: string, changes: readonly PrincipalChange[]): void {
    this.#current = this.#current.apply(changes);
    for (const { type, entry } of changes) {
      const key = principalKey(entry.kind, entry.name);
      const databases = this.#stored.get(key)?.databases ?? new Set<string>();
      if (type === 'remove' && !this.#isStoredElsewhere(database, entry)) this.#stored.delete(key);
      else this.#stored.set(key, { version: this.#lastVersion, databases: databases.add(database) });
    }
  }
}

class OpenPrincipalTransaction implements PrincipalTransaction {
  readonly #changes: PrincipalChange[] = [];
  #snapshot: Principals;
  #ended = false;

  constructor(
    private readonly store: PrincipalStore,
    private readonly claims: Claims,
    private readonly database: string,
    private readonly connection: EngineConnection,
  ) {
    this.#snapshot = store.state();
  }

  get snapshot(): PrincipalSnapshot {
    return this.#snapshot;
  }

  nextId(kind: PrincipalKind): number {
    return this.store.nextId(kind, this.#snapshot);
  }

  async claim(names: readonly PrincipalName[], signal?: AbortSignal): Promise<void> {
    for (const { kind, name } of names) await this.claims.claim(this, principalKey(kind, name), signal);
    this.#snapshot = this.store.state().apply(this.#changes);
  }

  put(entry: PrincipalEntry): Promise<void> {
    return this.#change({ type: 'put', entry });
  }
  remove(entry: PrincipalEntry): Promise<void> {
    return this.#change({ type: 'remove', entry });
  }

  async #change(change: PrincipalChange): Promise<void> {
    await this.store.write(this.database, this.connection, change);
    this.#changes.push(change);
    this.#snapshot = this.#snapshot.apply([change]);
  }

  publish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.store.commit(this.database, this.#changes);
    this.claims.release(this);
  }

  discard(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.claims.release(this);
  }
}
