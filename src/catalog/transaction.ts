import { DuckshiftError } from '../base/errors.js';
import type { EngineConnection } from '../engine/contract.js';
import type { Claims } from './claims.js';
import type { CatalogEntry, CatalogName, CatalogTransaction } from './contract.js';
import { kindOf } from './objects/kinds.js';
import { encodeEntry } from './objects/stored-entry.js';
import { hidden } from './physical.js';
import { type CatalogChange, isSchema, type Snapshot } from './snapshot.js';

/** What a transaction needs of the catalog it changes. */
export interface CommittedState {
  readonly claims: Claims;
  current(): Snapshot;
  nextOid(): number;
  /** Make the changes visible to everyone. */
  commit(changes: readonly CatalogChange[]): void;
}

export class OpenCatalogTransaction implements CatalogTransaction {
  #base: Snapshot;
  #snapshot: Snapshot;
  readonly #changes: CatalogChange[] = [];
  #pinned: boolean;
  #ended = false;
  /** Of the statement that claimed last. */
  #signal: AbortSignal | undefined;

  constructor(
    private readonly state: CommittedState,
    private readonly connection: EngineConnection,
    base: Snapshot | undefined,
  ) {
    this.#pinned = base !== undefined;
    this.#base = base ?? state.current();
    this.#snapshot = this.#base;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }
  get changed(): boolean {
    return this.#changes.length > 0;
  }
  nextOid(): number {
    return this.state.nextOid();
  }

  async claim(names: readonly CatalogName[], signal?: AbortSignal): Promise<void> {
    this.#signal = signal;
    for (const { schema, name } of names) await this.#claim(nameKey(schema, name));
    if (!this.#pinned && !this.changed) {
      this.#base = this.state.current();
      this.#snapshot = this.#base;
    }
  }

  async put(entry: CatalogEntry): Promise<void> {
    const isNew = this.#snapshot.byOid(entry.oid) === undefined;
    await this.#reserve(entry);
    const objects = hidden(this.#snapshot.database, 'objects');
    if (!isNew) await this.connection.run(`DELETE FROM ${objects} WHERE oid = ${entry.oid}`);
    await this.connection.run(`INSERT INTO ${objects} VALUES ($1::BIGINT, $2, $3, $4, $5, $6::JSON, $7::JSON)`, [
      entry.oid,
      entry.kind,
      isSchema(entry) ? null : entry.schema,
      entry.name,
      entry.owner,
      encodeEntry(entry),
      JSON.stringify(kindOf(entry).describe(entry)),
    ]);
    this.#change({ type: 'put', entry });
  }

  async remove(entry: CatalogEntry): Promise<void> {
    await this.#reserve(entry);
    await this.connection.run(`DELETE FROM ${hidden(this.#snapshot.database, 'objects')} WHERE oid = ${entry.oid}`);
    this.#change({ type: 'remove', entry });
  }

  publish(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.changed) this.state.commit(this.#changes);
    this.state.claims.release(this);
  }

  discard(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.state.claims.release(this);
  }

  #change(change: CatalogChange): void {
    this.#pinned = true;
    this.#changes.push(change);
    this.#snapshot = this.#snapshot.apply([change]);
  }

  async #claim(key: string): Promise<void> {
    if (this.#ended) throw new DuckshiftError('25000', 'the catalog transaction has ended');
    await this.state.claims.claim(this, key, this.#signal);
  }

  async #reserve(entry: CatalogEntry): Promise<void> {
    const schema = isSchema(entry) ? entry.name : entry.schema;
    const name = isSchema(entry) ? undefined : entry.name;
    await this.#claim(nameKey(schema, name));
    await this.#claim(`oid ${entry.oid}`);
    this.#refuseIfChangedSince(entry, schema, name);
  }

  /** What this transaction is about to overwrite must still be what it saw. */
  #refuseIfChangedSince(entry: CatalogEntry, schema: string, name: string | undefined): void {
    const current = this.state.current();
    const byName = (snapshot: Snapshot): CatalogEntry | undefined =>
      name === undefined ? snapshot.schema(schema) : snapshot.relation(schema, name);
    if (byName(current) === byName(this.#base) && current.byOid(entry.oid) === this.#base.byOid(entry.oid)) return;
    // The text a Redshift client sees for a lost race ("Serializable isolation", AWS developer guide).
    throw new DuckshiftError('XX000', '1023', {
      detail: `Serializable isolation violation on table - ${entry.oid}: "${entry.name}" was changed by a concurrent transaction`,
    });
  }
}

function nameKey(schema: string, name: string | undefined): string {
  return name === undefined ? `schema ${schema}` : `relation ${schema}\u0000${name}`;
}
