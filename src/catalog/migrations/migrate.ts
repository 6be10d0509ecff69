import { DuckshiftError } from '../../base/errors.js';
import type { EngineConnection } from '../../engine/contract.js';
import { hidden } from '../physical.js';
import { viewContents } from './002-view-contents.js';
import { principals } from './003-principals.js';
import { streamPositions } from './004-stream-positions.js';
import { type Migration, MigrationStore } from './migration.js';

/** Every step, in order. Format 1 is the first that was released. */
export const migrations: readonly Migration[] = [viewContents, principals, streamPositions];

/** The format that this version reads and writes. */
export const currentFormat = 1 + migrations.length;

/**
 * Bring a database from the format it was written in to this version's: all steps in one transaction, so that it is
 * migrated or as it was.
 *
 * @param from the format it has
 * @throws DuckshiftError 58P01 for a newer format, or when a step fails; the database is untouched then.
 */
export async function migrate(connection: EngineConnection, database: string, from: number): Promise<void> {
  if (from === currentFormat) return;
  if (!Number.isInteger(from) || from < 1 || from > currentFormat) throw newerFormat(database, from);
  const store = new MigrationStore(connection, database);
  let current = '';
  await connection.run('BEGIN TRANSACTION');
  try {
    for (const { format, change, run } of migrations) {
      if (format <= from) continue;
      current = `${change} (format ${format})`;
      await run(store);
    }
    await connection.run(`UPDATE ${hidden(database, 'format')} SET version = ${currentFormat}`);
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw new DuckshiftError('58P01', `database "${database}" could not be migrated: ${current}`, {
      detail: error instanceof Error ? error.message : String(error),
      hint: 'Nothing in this database was changed.',
      cause: error,
    });
  }
}

function newerFormat(database: string, format: number): DuckshiftError {
  return new DuckshiftError(
    '58P01',
    `database "${database}" has catalog format ${format}; this duckshift reads formats up to ${currentFormat}`,
    { hint: 'Use the duckshift version that wrote the data directory, or start with another --data directory.' },
  );
}
