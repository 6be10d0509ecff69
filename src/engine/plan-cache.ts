import type { DuckDBPreparedStatement } from '@duckdb/node-api';

/**
 * Whether a text that reads no relation may run from a cached plan: a plan contains the value that a variable had when
 * it was prepared.
 */
export function mayBeCached(sql: string): boolean {
  return !sql.includes('getvariable');
}

/** Most plans cached by one connection. */
const capacity = 32;
/** The longest text that is cached: clients choose the size. */
const maxTextLength = 16 * 1024;

/**
 * Prepared statements that a connection caches; the least recently used is evicted first. Only for texts that read no
 * relation: DuckDB builds what it knows of a table's contents into a plan (bounds of columns, row counts) and does not
 * check again when rows are added, so a cached plan over a table gives old rows. It also folds constants under the
 * settings of the moment, so a `SET` has to `clear`.
 */
export class PlanCache {
  /** Undefined for a text that was run once: only what comes again is prepared. */
  readonly #plans = new Map<string, DuckDBPreparedStatement | undefined>();

  /** Remove the plan of `sql` from the cache, to run it. `again`: whether the text was seen before. */
  take(sql: string): { readonly plan: DuckDBPreparedStatement | undefined; readonly again: boolean } {
    const again = this.#plans.has(sql);
    const plan = this.#plans.get(sql);
    if (again) this.#plans.delete(sql);
    return { plan, again };
  }

  /** Put a plan back after it ran without error; without a plan, remember that the text came. */
  keep(sql: string, plan: DuckDBPreparedStatement | undefined): void {
    if (sql.length > maxTextLength || this.#plans.has(sql)) {
      plan?.destroySync();
      return;
    }
    this.#plans.set(sql, plan);
    if (this.#plans.size <= capacity) return;
    for (const [oldest, old] of this.#plans) {
      this.#plans.delete(oldest);
      old?.destroySync();
      break;
    }
  }

  clear(): void {
    for (const plan of this.#plans.values()) plan?.destroySync();
    this.#plans.clear();
  }
}
