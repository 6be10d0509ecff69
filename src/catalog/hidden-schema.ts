import { DuckshiftError } from '../base/errors.js';
import type { EngineConnection } from '../engine/contract.js';
import { hiddenSchema } from '../engine/engine.js';
import type { CatalogEntry } from './contract.js';
import { hidden, qualified } from './physical.js';
import { createRecordTables } from './refresh-records.js';

/** Version of what the hidden schema holds. A database of another version is refused, never misread. */
export const formatVersion = 1;

const kinds: ReadonlySet<string> = new Set<CatalogEntry['kind']>([
  'schema',
  'external_schema',
  'table',
  'view',
  'late_binding_view',
  'materialized_view',
]);

/**
 * Make the hidden schema's own tables where they are missing. `objects` is the truth about what exists: `definition` is the entry, `columns` the same
 * columns as the system views print them. Runs outside any transaction.
 *
 * @returns true when the database is new.
 * @throws DuckshiftError when the database was written by a newer version.
 */
export async function prepareHiddenSchema(connection: EngineConnection, database: string): Promise<boolean> {
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${qualified(database, hiddenSchema)}`);
  await connection.run(`CREATE TABLE IF NOT EXISTS ${hidden(database, 'format')} (version INTEGER NOT NULL)`);
  const [row] = await connection.rows(`SELECT max(version) AS version FROM ${hidden(database, 'format')}`);
  const version = row?.version;
  const isNew = version === null || version === undefined;
  if (!isNew && Number(version) !== formatVersion) {
    throw new DuckshiftError(
      '58P01',
      `database "${database}" has catalog format ${String(version)}; this duckshift reads format ${formatVersion}`,
      { hint: 'Use the duckshift version that wrote the data directory, or start with another --data directory.' },
    );
  }
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${hidden(database, 'objects')} (oid BIGINT NOT NULL, kind VARCHAR NOT NULL, ` +
      'schema_name VARCHAR, name VARCHAR NOT NULL, owner VARCHAR NOT NULL, definition JSON NOT NULL, columns JSON)',
  );
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${hidden(database, 'users')} (usesysid INTEGER NOT NULL, usename VARCHAR NOT NULL)`,
  );
  await connection.run(`ALTER TABLE ${hidden(database, 'users')} ADD COLUMN IF NOT EXISTS attributes JSON`);
  for (const statement of createRecordTables(database)) await connection.run(statement);
  if (isNew) await connection.run(`INSERT INTO ${hidden(database, 'format')} VALUES (${formatVersion})`);
  return isNew;
}

/** The entries a database holds. */
export async function readEntries(connection: EngineConnection, database: string): Promise<CatalogEntry[]> {
  const rows = await connection.rows(
    `SELECT definition::VARCHAR AS definition FROM ${hidden(database, 'objects')} ORDER BY oid`,
  );
  return rows.map((row) => decodeEntry(String(row.definition)));
}

/** An entry from its stored form. Throws DuckshiftError for a text this version did not write. */
export function decodeEntry(text: string): CatalogEntry {
  const value: unknown = JSON.parse(text);
  if (!isEntry(value)) throw new DuckshiftError('XX001', 'the catalog holds an object of an unknown kind');
  return value;
}

/** The stored form is what `JSON.stringify` makes of an entry; its shape is tied to `formatVersion`, so that kind, oid and name tell enough. */
function isEntry(value: unknown): value is CatalogEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, oid, name } = value as { kind?: unknown; oid?: unknown; name?: unknown };
  return typeof kind === 'string' && kinds.has(kind) && typeof oid === 'number' && typeof name === 'string';
}
