import type { Migration, MigrationStore } from './migration.js';

/** Positions belong to a stream of a source, which could only be Kinesis, and are texts that the source alone reads. */
export const streamPositions: Migration = {
  format: 4,
  change: 'positions in streams',
  run: changeCheckpoints,
};

async function changeCheckpoints(store: MigrationStore): Promise<void> {
  const { connection } = store;
  const checkpoints = store.table('stream_checkpoints');
  const rows = await connection.rows(
    `SELECT mv_oid, mv_created_millis, stream_arn, stream_created_millis, shard_id, sequence_number, arrival_micros, ended FROM ${checkpoints}`,
  );
  await connection.run(`DROP TABLE ${checkpoints}`);
  await connection.run(
    `CREATE TABLE ${checkpoints} (mv_oid BIGINT NOT NULL, mv_created_millis BIGINT NOT NULL, source VARCHAR NOT NULL, ` +
      'stream_id VARCHAR NOT NULL, stream_created_millis BIGINT NOT NULL, split_id VARCHAR NOT NULL, position VARCHAR)',
  );
  for (const row of rows)
    await connection.run(
      `INSERT INTO ${checkpoints} VALUES ($1::BIGINT, $2::BIGINT, 'kinesis', $3, $4::BIGINT, $5, $6)`,
      [
        String(row.mv_oid),
        String(row.mv_created_millis),
        String(row.stream_arn),
        String(row.stream_created_millis),
        String(row.shard_id),
        positionText(row),
      ],
    );
}

/** Kinesis' text of a position as it was when this step was written. */
function positionText(row: Readonly<Record<string, unknown>>): string | null {
  const sequenceNumber = typeof row.sequence_number === 'string' ? row.sequence_number : undefined;
  const arrival = typeof row.arrival_micros === 'bigint' ? row.arrival_micros.toString() : undefined;
  const ended = row.ended === true;
  return sequenceNumber === undefined && !ended ? null : JSON.stringify({ sequenceNumber, arrival, ended });
}
