import type { EngineConnection } from '../engine/contract.js';
import { hiddenSchema } from '../engine/engine.js';
import type { CatalogEntry } from './contract.js';
import { currentFormat, migrate } from './migrations/migrate.js';
import { decodeEntry } from './objects/stored-entry.js';
import { hidden, qualified } from './physical.js';
import { createPrincipalTable } from './principals/store.js';
import { createRecordTables } from './refresh-records.js';

/**
 * Make the hidden schema's own tables where they are missing. `objects` is the truth about what exists: `definition` is
 * the entry, `columns` the same columns as the system views print them. Runs outside any transaction.
 *
 * @returns true when the database is new.
 * @throws DuckshiftError 58P01 when the database was written by a newer version, or cannot be migrated; XX001 when it
 * is damaged.
 */
export async function prepareHiddenSchema(connection: EngineConnection, database: string): Promise<boolean> {
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${qualified(database, hiddenSchema)}`);
  await connection.run(`CREATE TABLE IF NOT EXISTS ${hidden(database, 'format')} (version INTEGER NOT NULL)`);
  const [row] = await connection.rows(`SELECT max(version) AS version FROM ${hidden(database, 'format')}`);
  const version = row?.version;
  const isNew = version === null || version === undefined;
  if (!isNew) await migrate(connection, database, Number(version));
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${hidden(database, 'objects')} (oid BIGINT NOT NULL, kind VARCHAR NOT NULL, ` +
      'schema_name VARCHAR, name VARCHAR NOT NULL, owner VARCHAR NOT NULL, definition JSON NOT NULL, columns JSON)',
  );
  await connection.run(createPrincipalTable(database));
  for (const statement of createRecordTables(database)) await connection.run(statement);
  if (isNew) await connection.run(`INSERT INTO ${hidden(database, 'format')} VALUES (${currentFormat})`);
  return isNew;
}

/** The entries a database holds. */
export async function readEntries(connection: EngineConnection, database: string): Promise<CatalogEntry[]> {
  const rows = await connection.rows(
    `SELECT definition::VARCHAR AS definition FROM ${hidden(database, 'objects')} ORDER BY oid`,
  );
  return rows.map((row) => decodeEntry(String(row.definition)));
}
