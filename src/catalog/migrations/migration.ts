import type { EngineConnection } from '../../engine/contract.js';
import { hidden } from '../physical.js';

/** One step of the stored format: it brings a database of the format before to its own. */
export interface Migration {
  /** The format that the step leads to. */
  readonly format: number;
  /** What it changes, for the log and for errors. */
  readonly change: string;
  readonly run: (store: MigrationStore) => Promise<void>;
}

/** An entry as it is stored, of whatever format. */
export type StoredObject = Readonly<Record<string, unknown>>;

/** A database being migrated, inside its transaction. */
export class MigrationStore {
  constructor(
    readonly connection: EngineConnection,
    readonly database: string,
  ) {}

  /** The full DuckDB name of a table of the hidden schema. */
  table(name: string): string {
    return hidden(this.database, name);
  }

  /** Replace the definition of every object of a kind by what `change` makes of it. */
  async changeObjects(kind: string, change: (definition: StoredObject) => StoredObject): Promise<void> {
    const objects = this.table('objects');
    const rows = await this.connection.rows(
      `SELECT oid, definition::VARCHAR AS definition FROM ${objects} WHERE kind = $1`,
      [kind],
    );
    for (const { oid, definition } of rows) {
      const value: unknown = JSON.parse(String(definition));
      if (!isObject(value)) continue;
      await this.connection.run(`UPDATE ${objects} SET definition = $1::JSON WHERE oid = $2::BIGINT`, [
        JSON.stringify(change(value)),
        String(oid),
      ]);
    }
  }

  async hasTable(name: string): Promise<boolean> {
    const rows = await this.connection.rows(
      "SELECT 1 AS found FROM duckdb_tables() WHERE database_name = $1 AND schema_name = 'duckshift' AND table_name = $2",
      [this.database, name],
    );
    return rows.length > 0;
  }
}

function isObject(value: unknown): value is StoredObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
