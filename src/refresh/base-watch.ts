import type { MaterializedViewEntry } from '../catalog/contract.js';

/**
 * What no transaction can see of another: which relations are being written, and which materialized views are being
 * made. A view that is made while a transaction writes what it reads would miss those rows and not know it.
 */
export class BaseWatch {
  readonly #writers = new Map<string, number>();
  readonly #creating = new Map<string, MaterializedViewEntry[]>();

  /** A relation is about to be written. The returned function ends it, after the transaction has ended. */
  beginWrite(database: string, oid: number): () => void {
    const key = keyOf(database, oid);
    this.#writers.set(key, (this.#writers.get(key) ?? 0) + 1);
    return () => {
      const left = (this.#writers.get(key) ?? 1) - 1;
      if (left === 0) this.#writers.delete(key);
      else this.#writers.set(key, left);
    };
  }

  isWritten(database: string, oid: number): boolean {
    return this.#writers.has(keyOf(database, oid));
  }

  /** A view is about to be made. The returned function ends it, after the transaction has ended. */
  beginCreate(database: string, entry: MaterializedViewEntry): () => void {
    const keys = entry.dependsOn.map((oid) => keyOf(database, oid));
    for (const key of keys) this.#creating.set(key, [...(this.#creating.get(key) ?? []), entry]);
    return () => {
      for (const key of keys) {
        const left = (this.#creating.get(key) ?? []).filter((other) => other !== entry);
        if (left.length === 0) this.#creating.delete(key);
        else this.#creating.set(key, left);
      }
    };
  }

  /** Views that are being made and read the relation. */
  creating(database: string, oid: number): readonly MaterializedViewEntry[] {
    return this.#creating.get(keyOf(database, oid)) ?? [];
  }
}

function keyOf(database: string, oid: number): string {
  return `${database}\u0000${oid}`;
}
