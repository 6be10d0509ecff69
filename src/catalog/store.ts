import { DuckshiftError } from '../base/errors.js';
import type { Engine, EngineConnection } from '../engine/contract.js';
import { Claims } from './claims.js';
import type { Catalog, CatalogSnapshot, CatalogTransaction } from './contract.js';
import { prepareHiddenSchema, readEntries } from './hidden-schema.js';
import { qualified } from './physical.js';
import { PrincipalStore } from './principals/store.js';
import { type CatalogChange, Snapshot } from './snapshot.js';
import { listSystemFunctions } from './system/system-functions.js';
import { listSystemObjects } from './system/system-objects.js';
import { type CommittedState, OpenCatalogTransaction } from './transaction.js';

/** Oids below are the system's own, as in PostgreSQL. */
const firstUserOid = 100_000;
const publicSchemaOid = 2200;

class Database implements CommittedState {
  readonly claims = new Claims();
  #snapshot: Snapshot;
  #lastOid: number;

  constructor(
    snapshot: Snapshot,
    private readonly onCommit: (database: string) => void,
  ) {
    this.#snapshot = snapshot;
    const oids = [...snapshot.schemas(), ...snapshot.relations()].map((entry) => entry.oid);
    this.#lastOid = oids.reduce((a, b) => Math.max(a, b), firstUserOid);
  }

  current(): Snapshot {
    return this.#snapshot;
  }
  nextOid(): number {
    return ++this.#lastOid;
  }
  commit(changes: readonly CatalogChange[]): void {
    this.#snapshot = this.#snapshot.apply(changes);
    this.onCommit(this.#snapshot.database);
  }
}

/** The catalog kept in the databases' own hidden schemas. */
export class StoredCatalog implements Catalog {
  readonly #databases = new Map<string, Database>();
  readonly #listeners = new Set<(database: string) => void>();

  private constructor(
    private readonly engine: Engine,
    /** Where users that only connect are recorded. */
    readonly defaultDatabase: string,
    readonly principals: PrincipalStore,
  ) {}

  /** Open the catalog of an engine to which `defaultDatabase` is attached, and load that database. */
  static async open(engine: Engine, defaultDatabase: string, superuser: string): Promise<StoredCatalog> {
    const catalog = new StoredCatalog(engine, defaultDatabase, new PrincipalStore(engine, defaultDatabase));
    await catalog.load(defaultDatabase, superuser);
    return catalog;
  }

  /**
   * Load an attached database's objects, making `public` and the hidden schema where they are missing.
   *
   * @throws DuckshiftError when its format is another version's.
   */
  async load(database: string, owner: string): Promise<void> {
    const connection = await this.engine.connect();
    try {
      const isNew = await prepareHiddenSchema(connection, database);
      await listSystemObjects(connection, database);
      await listSystemFunctions(connection, database);
      await this.principals.load(connection, database);
      const entries = await readEntries(connection, database);
      const state = new Database(Snapshot.of(database, entries), (name) => this.#announce(name));
      if (isNew) {
        await connection.run(`CREATE SCHEMA IF NOT EXISTS ${qualified(database, 'public')}`);
        const transaction = new OpenCatalogTransaction(state, connection, undefined);
        await transaction.put({ kind: 'schema', oid: publicSchemaOid, name: 'public', owner });
        transaction.publish();
      }
      this.#databases.set(database, state);
    } finally {
      await connection.close();
    }
  }

  /** Forget a database that is being detached. */
  unload(database: string): void {
    this.#databases.delete(database);
  }

  snapshot(database: string): CatalogSnapshot | undefined {
    return this.#databases.get(database)?.current();
  }
  databases(): readonly string[] {
    return [...this.#databases.keys()];
  }
  begin(database: string, connection: EngineConnection, base?: CatalogSnapshot): CatalogTransaction {
    const state = this.#databases.get(database);
    if (state === undefined) throw new DuckshiftError('3D000', `database "${database}" does not exist`);
    return new OpenCatalogTransaction(state, connection, base instanceof Snapshot ? base : undefined);
  }
  onCommit(listener: (database: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(database: string): void {
    for (const listener of this.#listeners) listener(database);
  }
}
