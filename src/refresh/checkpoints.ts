import type { MaterializedViewEntry } from '../catalog/contract.js';
import { hidden } from '../catalog/physical.js';
import { streamCheckpoints } from '../catalog/refresh-records.js';
import type { EngineConnection } from '../engine/contract.js';
import type { SplitPosition, StreamIdentity } from '../streams/contract.js';

/** A stream, told from those of other sources. */
export interface SourceStream extends StreamIdentity {
  readonly source: string;
}

/** The stream that positions belong to. */
type ReadStream = Pick<SourceStream, 'source' | 'id' | 'createdAtMillis'>;

/** How far a view has read its stream, as committed. */
export interface Checkpoint {
  /** The stream the positions belong to; undefined before the first record. */
  readonly stream: ReadStream | undefined;
  readonly positions: ReadonlyMap<string, SplitPosition>;
}

export async function readCheckpoint(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
): Promise<Checkpoint> {
  const rows = await connection.rows(
    `SELECT source, stream_id, stream_created_millis, split_id, position FROM ${table(database)} ` +
      `WHERE ${ofView(entry)}`,
  );
  const positions = new Map<string, SplitPosition>();
  for (const row of rows) {
    const splitId = String(row.split_id);
    positions.set(splitId, { splitId, state: typeof row.position === 'string' ? row.position : undefined });
  }
  const [first] = rows;
  const stream =
    first === undefined
      ? undefined
      : {
          source: String(first.source),
          id: String(first.stream_id),
          createdAtMillis: Number(first.stream_created_millis),
        };
  return { stream, positions };
}

/** True when the positions belong to the stream; a stream that was never read fits any. */
export function belongsTo(checkpoint: Checkpoint, identity: SourceStream): boolean {
  const { stream } = checkpoint;
  return stream === undefined || isSame(stream, identity);
}

/**
 * Write the positions that changed, inside the caller's transaction, and give the checkpoint as it is then. Rows are
 * updated in place: a table that is refreshed a million times stays as small as its splits are many.
 */
export async function writeCheckpoint(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
  before: Checkpoint,
  identity: SourceStream,
  changed: ReadonlyMap<string, SplitPosition>,
): Promise<Checkpoint> {
  const kept = belongsTo(before, identity) ? before.positions : new Map<string, SplitPosition>();
  if (kept !== before.positions) await forgetCheckpoint(connection, database, entry);
  for (const position of changed.values()) {
    const values = [position.splitId, position.state ?? null];
    if (kept.has(position.splitId)) {
      await connection.run(
        `UPDATE ${table(database)} SET position = $2 WHERE ${ofView(entry)} AND split_id = $1`,
        values,
      );
    } else {
      await connection.run(
        `INSERT INTO ${table(database)} VALUES (${entry.oid}, ${entry.createdMillis}, $3, $4, $5::BIGINT, $1, $2)`,
        [...values, identity.source, identity.id, identity.createdAtMillis],
      );
    }
  }
  return {
    stream: identity,
    positions: new Map([...kept, ...changed]),
  };
}

/** Whether both are one stream: not one of another source, and not one that was created again under its name. */
export function isSame(one: ReadStream, other: ReadStream): boolean {
  return one.source === other.source && one.id === other.id && one.createdAtMillis === other.createdAtMillis;
}

/** Remove the positions of a view. */
export async function forgetCheckpoint(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
): Promise<void> {
  await connection.run(`DELETE FROM ${table(database)} WHERE ${ofView(entry)}`);
}

/** Remove the positions of views that are no more. */
export async function deleteOrphanedCheckpoints(
  connection: EngineConnection,
  database: string,
  views: readonly MaterializedViewEntry[],
): Promise<void> {
  const known = views.map((entry) => `(${ofView(entry)})`).join(' OR ');
  await connection.run(`DELETE FROM ${table(database)}${known === '' ? '' : ` WHERE NOT (${known})`}`);
}

function table(database: string): string {
  return hidden(database, streamCheckpoints.name);
}

function ofView(entry: MaterializedViewEntry): string {
  return `mv_oid = ${entry.oid} AND mv_created_millis = ${entry.createdMillis}`;
}
