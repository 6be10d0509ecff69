import type { MaterializedViewEntry } from '../catalog/contract.js';
import type { EngineConnection } from '../engine/contract.js';
import { type DrainItem, largestRecordBytes } from '../streams/contract.js';
import {
  type RefreshCause,
  recordScan,
  recordScanError,
  type ScanError,
  type ShardScan,
  scanErrorCodes,
} from './history.js';

/**
 * What one refresh reads of its stream, shard by shard, and what was wrong with it: the rows of SYS_STREAM_SCAN_STATES
 * and SYS_STREAM_SCAN_ERRORS.
 */
export class ScanLog {
  readonly #scans = new Map<string, ShardScan>();
  readonly errors: ScanError[] = [];
  /** The stream may hold more than was read. */
  more = false;

  /** Take in what the reader handed over. */
  add({ batch, position, place, skipped = [], more = false, warning }: DrainItem): void {
    const { splitId: shardId } = position;
    this.more ||= more;
    if (warning !== undefined)
      this.errors.push({
        shardId,
        position: place.text,
        arrivalMicros: place.arrivalMicros,
        code: scanErrorCodes.positionLost,
        reason: warning,
      });
    for (const { place: at, bytes } of skipped)
      this.errors.push({
        shardId,
        position: at.text,
        arrivalMicros: at.arrivalMicros,
        code: scanErrorCodes.oversize,
        reason: `the record was skipped: its ${bytes} bytes are more than the ${largestRecordBytes} of VARBYTE`,
      });
    const rows = batch?.rowCount ?? 0;
    if (rows === 0 && skipped.length === 0) return;
    const scan = this.#scan(shardId);
    scan.rows += rows + skipped.length;
    scan.skipped += skipped.length;
    scan.bytes += (batch?.payloadBytes ?? 0) + skipped.reduce((sum, { bytes }) => sum + bytes, 0);
    scan.latestPosition = place.text ?? scan.latestPosition;
    for (const arrival of batch?.arrivals ?? []) addArrival(scan, arrival);
    for (const { place: at } of skipped) if (at.arrivalMicros !== undefined) addArrival(scan, at.arrivalMicros);
  }

  all(): readonly ShardScan[] {
    return [...this.#scans.values()];
  }

  /** Records read, those that were skipped included. */
  get rows(): number {
    return this.#sum(({ rows }) => rows);
  }

  get skipped(): number {
    return this.#sum(({ skipped }) => skipped);
  }

  /** Write it down in the caller's transaction. @param nowMicros microseconds since the epoch */
  async write(
    connection: EngineConnection,
    database: string,
    entry: MaterializedViewEntry,
    cause: RefreshCause,
    nowMicros: bigint,
  ): Promise<void> {
    for (const scan of this.#scans.values()) await recordScan(connection, database, entry, cause, scan, nowMicros);
    for (const error of this.errors) await recordScanError(connection, database, entry, cause, error, nowMicros);
  }

  #sum(value: (scan: ShardScan) => number): number {
    return [...this.#scans.values()].reduce((total, scan) => total + value(scan), 0);
  }

  #scan(shardId: string): ShardScan {
    let scan = this.#scans.get(shardId);
    if (scan === undefined) {
      scan = {
        shardId,
        rows: 0,
        skipped: 0,
        bytes: 0,
        latestPosition: undefined,
        minArrival: undefined,
        maxArrival: undefined,
      };
      this.#scans.set(shardId, scan);
    }
    return scan;
  }
}

function addArrival(scan: ShardScan, arrival: bigint): void {
  if (scan.minArrival === undefined || arrival < scan.minArrival) scan.minArrival = arrival;
  if (scan.maxArrival === undefined || arrival > scan.maxArrival) scan.maxArrival = arrival;
}
