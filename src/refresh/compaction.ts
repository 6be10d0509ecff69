import { quoteIdentifier } from '../../sql-dialect/duckdb/quote.js';
import type { EngineConnection } from '../engine/contract.js';
import type { StoredView } from './stored-view.js';

/** Fewer stored partial rows than this are never worth the work. */
const leastRows = 20_000;

/**
 * Decides when the partial rows of a view have become so many that they are added up: when as many came as there were
 * groups.
 */
export class CompactionMeter {
  #rows: number;
  #groups: number;

  /** @param rows stored now */
  constructor(rows: number) {
    this.#rows = rows;
    this.#groups = 0;
  }

  /** `rows` were stored. Returns true when it is time. */
  add(rows: number): boolean {
    this.#rows += rows;
    return this.#rows > Math.max(leastRows, 2 * this.#groups);
  }

  /** The rows were added up: one is left for each group. */
  compacted(groups: number): void {
    this.#rows = groups;
    this.#groups = groups;
  }
}

export async function countRows(connection: EngineConnection, target: StoredView): Promise<number> {
  const [row] = await connection.rows(`SELECT count(*) AS n FROM ${target.table}`);
  return Number(row?.n ?? 0);
}

/**
 * Replace the partial rows of each group by their sum, in the caller's transaction.
 *
 * @returns the number of groups
 */
export async function compact(connection: EngineConnection, target: StoredView): Promise<number> {
  const { aggregate } = target;
  if (aggregate === undefined) return 0;
  const scratch = `temp.main.${quoteIdentifier(`compact_${target.table}`)}`;
  const keys = aggregate.keys.map(quoteIdentifier);
  const merged = aggregate.partials.map(
    ({ name, merge }) => `${merge}(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}`,
  );
  const grouping = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`;
  await connection.run(
    `CREATE TEMP TABLE ${scratch} AS SELECT ${[...keys, ...merged].join(', ')} FROM ${target.table}${grouping}`,
  );
  await connection.run(`DELETE FROM ${target.table}`);
  const groups = await connection.run(
    `INSERT INTO ${target.table} (${target.columns.join(', ')}) SELECT * FROM ${scratch}`,
  );
  await connection.run(`DROP TABLE ${scratch}`);
  return groups;
}
