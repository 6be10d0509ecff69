import type { DuckDBPreparedStatement } from '@duckdb/node-api';

/**
 * Whether a text that reads no relation may run from a kept plan: a plan holds the value that a variable had when it
 * was made.
 */
export function mayBeCached(sql: string): boolean {
  return !sql.includes('getvariable');
}

/** Plans kept by one connection. */
const capacity = 32;
/** Longer texts are not kept: a client chooses their size. */
const maxTextLength = 16 * 1024;

/**
 * Prepared statements that a connection keeps to run again, least recently used first out. Only for texts that read no
 * relation: DuckDB builds what it knows of a table's contents into a plan (bounds of columns, row counts) and does not
 * look again when rows are added, so a kept plan over a table gives old rows. It also folds constants under the
 * settings of the moment, so a `SET` has to `clear`.
 */
export class PlanCache {
  /** Undefined for a text that was run once: only what comes again is prepared. */
  readonly #plans = new Map<string, DuckDBPreparedStatement | undefined>();

  /** Take the plan of `sql` out, to run it. `again` tells whether the text was seen before. */
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
