import { DuckshiftError } from '../base/errors.js';
import type { CatalogName, CatalogSnapshot, CatalogTransaction, TableEntry } from '../catalog/contract.js';
import type { PrincipalName, PrincipalSnapshot, PrincipalTransaction } from '../catalog/principals/contract.js';
import type { StoredCatalog } from '../catalog/store.js';
import type { EngineConnection } from '../engine/contract.js';
import type { SettingStore } from './settings/store.js';

type TemporaryTables = ReadonlyMap<string, TableEntry>;

export interface TransactionDeps {
  readonly database: string;
  readonly connection: EngineConnection;
  readonly catalog: StoredCatalog;
  readonly settings: SettingStore;
  /** Tell client and engine of settings that the end of a transaction changed. */
  readonly onSettingsChanged: (names: readonly string[]) => Promise<void>;
  /** @throws DuckshiftError 57014 when the running statement was cancelled between two of its steps. */
  readonly assertNotCancelled: () => void;
  /** Cursors without HOLD end here. */
  readonly onEnd: (committed: boolean) => void;
}

/**
 * A session's transaction state. The engine's transaction begins with the first statement that needs it, so that its
 * snapshot is that statement's ("Isolation levels", AWS developer guide). Failure is known here and never asked of the
 * engine, whose COMMIT after an error commits the rest or claims success: after an error the engine's transaction is
 * rolled back at once.
 */
export class SessionTransaction {
  #explicit = false;
  #implicitScope = false;
  #failed = false;
  #engineOpen = false;
  #engineToRollBack = false;
  #wrote = false;
  #committing = false;
  #pinned: CatalogSnapshot | undefined;
  #catalog: CatalogTransaction | undefined;
  #principals: PrincipalTransaction | undefined;
  #temporary: TemporaryTables = new Map();
  #temporaryBefore: TemporaryTables | undefined;
  #atEnd: (() => void)[] = [];
  /** Oids of tables of which the open block has deleted or changed rows. */
  readonly #rowsReplaced = new Set<number>();

  constructor(private readonly parts: TransactionDeps) {}

  get status(): 'I' | 'T' | 'E' {
    if (!this.#explicit) return 'I';
    return this.#failed ? 'E' : 'T';
  }
  /** Inside BEGIN … COMMIT. */
  get isExplicit(): boolean {
    return this.#explicit;
  }
  /** Statements do not commit on their own. */
  get inBlock(): boolean {
    return this.#explicit || this.#implicitScope;
  }
  get isFailed(): boolean {
    return this.#failed;
  }
  /** An interrupt now would leave it open whether the transaction was committed. */
  get isCommitting(): boolean {
    return this.#committing;
  }
  /** The objects the next statement sees. */
  get snapshot(): CatalogSnapshot {
    const known = this.#catalog?.snapshot ?? this.#pinned;
    if (known !== undefined) return known;
    const committed = this.parts.catalog.snapshot(this.parts.database);
    if (committed === undefined)
      throw new DuckshiftError('3D000', `database "${this.parts.database}" does not exist`, { severity: 'FATAL' });
    return committed;
  }
  /** The users, and whatever else privileges can belong to, that the next statement sees. */
  get principals(): PrincipalSnapshot {
    return this.#principals?.snapshot ?? this.parts.catalog.principals.current();
  }
  get temporary(): TemporaryTables {
    return this.#temporary;
  }
  set temporary(tables: TemporaryTables) {
    this.#temporary = tables;
  }

  /** A statement that only reads. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.inBlock) await this.#openEngine();
    return work();
  }

  /** A single engine statement that may write: outside a block the engine commits it. */
  async writeOnce<T>(work: () => Promise<T>): Promise<T> {
    if (!this.inBlock) {
      try {
        return await work();
      } finally {
        this.#runAtEnd();
      }
    }
    await this.#openEngine();
    this.#wrote = true;
    return work();
  }

  /** Several engine statements that are done together or not at all. */
  async write<T>(work: () => Promise<T>): Promise<T> {
    if (this.inBlock) {
      await this.#openEngine();
      this.#wrote = true;
      return work();
    }
    this.#temporaryBefore = this.#temporary;
    try {
      await this.#openEngine();
      const result = await work();
      this.parts.assertNotCancelled();
      await this.#end(true);
      return result;
    } catch (error) {
      await this.#end(false);
      throw error;
    }
  }

  /** A change of the catalog. `names` are reserved first, so that outside a block the newest state is seen. */
  async change<T>(
    names: readonly CatalogName[],
    signal: AbortSignal,
    work: (catalog: CatalogTransaction) => Promise<T>,
  ): Promise<T> {
    const claimed = async (): Promise<CatalogTransaction> => {
      const { catalog, database, connection } = this.parts;
      this.#catalog ??= catalog.begin(database, connection, this.#pinned);
      await this.#catalog.claim(names, signal);
      return this.#catalog;
    };
    if (this.inBlock) {
      const catalog = await claimed();
      await this.#openEngine();
      this.#wrote = true;
      return work(catalog);
    }
    try {
      const catalog = await claimed();
      return await this.write(() => work(catalog));
    } catch (error) {
      this.#releaseCatalog(false);
      throw error;
    }
  }

  /** A change of users and the like. `names` are reserved first, so that the newest state is seen. */
  async changePrincipals<T>(
    names: readonly PrincipalName[],
    signal: AbortSignal,
    work: (principals: PrincipalTransaction) => Promise<T>,
  ): Promise<T> {
    const claimed = async (): Promise<T> => {
      const { catalog, database, connection } = this.parts;
      this.#principals ??= catalog.principals.begin(database, connection);
      await this.#principals.claim(names, signal);
      return work(this.#principals);
    };
    try {
      return await this.write(claimed);
    } catch (error) {
      if (!this.inBlock) this.#releaseCatalog(false);
      throw error;
    }
  }

  /** Rows of a table were deleted or changed, by its oid. */
  noteRowsReplaced(oid: number): void {
    if (this.inBlock) this.#rowsReplaced.add(oid);
  }

  /** Whether the open block has deleted or changed rows of a table; forgotten with the answer. */
  takeRowsReplaced(oid: number): boolean {
    return this.#rowsReplaced.delete(oid);
  }

  /**
   * Call back once when the open transaction has ended, whatever its end: after the statement outside a block, unless
   * it opens a transaction.
   */
  atEnd(callback: () => void): void {
    this.#atEnd.push(callback);
  }

  /** BEGIN. False when a transaction is open already. */
  begin(): boolean {
    if (this.#explicit) return false;
    if (!this.#implicitScope) this.#start();
    this.#explicit = true;
    return true;
  }

  /** COMMIT. A failed transaction is rolled back: then the result is false. */
  async commit(): Promise<boolean> {
    const committed = !this.#failed;
    this.#explicit = false;
    await this.#end(committed);
    return committed;
  }

  async rollback(): Promise<void> {
    this.#explicit = false;
    await this.#end(false);
  }

  beginImplicit(): void {
    if (!this.#explicit) this.#start();
    this.#implicitScope = true;
  }

  async endImplicit(failed: boolean): Promise<void> {
    this.#implicitScope = false;
    if (this.#explicit) {
      if (failed) this.#failed = true;
      return;
    }
    await this.#end(!failed && !this.#failed);
  }

  /** A statement failed. Inside a block nothing but its end is possible from now on. */
  markFailed(): void {
    if (!this.inBlock) return;
    this.#failed = true;
    this.#engineToRollBack = this.#engineOpen;
  }

  /** Do what `markFailed` could only note. */
  async settle(): Promise<void> {
    if (!this.#engineToRollBack) return;
    await this.#rollBackEngine();
    this.#releaseCatalog(false);
  }

  /**
   * Let the next statement of an open block see what was committed meanwhile, by REFRESH for example: possible while
   * the block has only read.
   */
  async renewSnapshot(): Promise<void> {
    if (!this.#engineOpen || this.#wrote || this.#failed) return;
    await this.#rollBackEngine();
    this.#releaseCatalog(false);
  }

  /** True when this block has changes that other connections cannot see yet. */
  get hasWritten(): boolean {
    return this.#wrote;
  }

  /** Commit what the block did so far, as TRUNCATE does; the block is over then. */
  async commitNow(): Promise<void> {
    this.#explicit = false;
    await this.#end(true);
  }

  /** The session is over: its connection was closed, which rolled back. */
  abandon(): void {
    this.#explicit = false;
    this.#implicitScope = false;
    this.#engineOpen = false;
    this.#releaseCatalog(false);
    this.#runAtEnd();
  }

  #start(): void {
    this.parts.settings.begin();
    this.#temporaryBefore = this.#temporary;
  }

  async #openEngine(): Promise<void> {
    if (this.#engineOpen) return;
    this.#pinned = this.snapshot;
    await this.parts.connection.run('BEGIN TRANSACTION');
    this.#engineOpen = true;
  }

  async #end(committed: boolean): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    if (this.#engineOpen) {
      if (committed) {
        this.#committing = true;
        try {
          await this.parts.connection.run('COMMIT');
          this.#engineOpen = false;
        } catch (error) {
          failure = { error };
          await this.#rollBackEngine();
        } finally {
          this.#committing = false;
        }
      } else await this.#rollBackEngine();
    }
    const done = committed && failure === undefined;
    this.#releaseCatalog(done);
    this.#runAtEnd();
    if (!done && this.#temporaryBefore !== undefined) this.#temporary = this.#temporaryBefore;
    this.#temporaryBefore = undefined;
    this.#failed = false;
    this.#wrote = false;
    this.#rowsReplaced.clear();
    this.#pinned = undefined;
    this.parts.onEnd(done);
    const changed = this.parts.settings.end(done);
    if (changed.length > 0) await this.parts.onSettingsChanged(changed);
    if (this.inBlock) this.#start();
    if (failure !== undefined) throw failure.error;
  }

  async #rollBackEngine(): Promise<void> {
    this.#engineToRollBack = false;
    this.#engineOpen = false;
    this.#pinned = undefined;
    try {
      await this.parts.connection.run('ROLLBACK');
    } catch {
      // The engine ended the transaction itself: there is nothing left to roll back.
    }
    this.#runAtEnd();
  }

  #runAtEnd(): void {
    const callbacks = this.#atEnd;
    this.#atEnd = [];
    for (const callback of callbacks) callback();
  }

  #releaseCatalog(committed: boolean): void {
    if (committed) this.#catalog?.publish();
    else this.#catalog?.discard();
    this.#catalog = undefined;
    if (committed) this.#principals?.publish();
    else this.#principals?.discard();
    this.#principals = undefined;
  }
}
