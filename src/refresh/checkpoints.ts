import type { MaterializedViewEntry } from '../catalog/contract.js';
import { hidden } from '../catalog/physical.js';
import { streamCheckpoints } from '../catalog/refresh-records.js';
import type { EngineConnection } from '../engine/contract.js';
import type { ShardPosition, StreamIdentity } from '../streams/contract.js';

/** How far a view has read its stream, as committed. */
export interface Checkpoint {
  /** The stream the positions belong to; undefined before the first record. */
  readonly stream: { readonly arn: string; readonly createdAtMillis: number } | undefined;
  readonly positions: ReadonlyMap<string, ShardPosition>;
}

export async function readCheckpoint(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
): Promise<Checkpoint> {
  const rows = await connection.rows(
    `SELECT stream_arn, stream_created_millis, shard_id, sequence_number, arrival_micros, ended FROM ${table(database)} ` +
      `WHERE ${ofView(entry)}`,
  );
  const positions = new Map<string, ShardPosition>();
  for (const row of rows) {
    const shardId = String(row.shard_id);
    positions.set(shardId, {
      shardId,
      sequenceNumber: typeof row.sequence_number === 'string' ? row.sequence_number : undefined,
      arrivalMicros: typeof row.arrival_micros === 'bigint' ? row.arrival_micros : undefined,
      ended: row.ended === true,
    });
  }
  const [first] = rows;
  const stream =
    first === undefined
      ? undefined
      : { arn: String(first.stream_arn), createdAtMillis: Number(first.stream_created_millis) };
  return { stream, positions };
}

/** True when the positions belong to the stream; a stream that was never read fits any. */
export function belongsTo(checkpoint: Checkpoint, identity: StreamIdentity): boolean {
  const { stream } = checkpoint;
  return stream === undefined || (stream.arn === identity.arn && stream.createdAtMillis === identity.createdAtMillis);
}

/**
 * Write the positions that changed, inside the caller's transaction, and give the checkpoint as it is then. Rows are updated in place: a table that is refreshed a
 * million times stays as small as its shards are many.
 */
export async function writeCheckpoint(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
  before: Checkpoint,
  identity: StreamIdentity,
  changed: ReadonlyMap<string, ShardPosition>,
): Promise<Checkpoint> {
  const kept = belongsTo(before, identity) ? before.positions : new Map<string, ShardPosition>();
  if (kept !== before.positions) await forgetCheckpoint(connection, database, entry);
  for (const position of changed.values()) {
    const values = [position.shardId, position.sequenceNumber ?? null, position.arrivalMicros ?? null, position.ended];
    if (kept.has(position.shardId)) {
      await connection.run(
        `UPDATE ${table(database)} SET sequence_number = $2, arrival_micros = $3::BIGINT, ended = $4::BOOLEAN ` +
          `WHERE ${ofView(entry)} AND shard_id = $1`,
        values,
      );
    } else {
      await connection.run(
        `INSERT INTO ${table(database)} VALUES (${entry.oid}, ${entry.createdMillis}, $5, $6::BIGINT, $1, $2, $3::BIGINT, $4::BOOLEAN)`,
        [...values, identity.arn, identity.createdAtMillis],
      );
    }
  }
  return {
    stream: { arn: identity.arn, createdAtMillis: identity.createdAtMillis },
    positions: new Map([...kept, ...changed]),
  };
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
