/** Where the endpoint said that a record is. */
export interface Placement {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

/**
 * What the producer knows of its records, from the endpoint's answers alone. Each attempt to put a record has an id of
 * its own, so that a record whose answer was lost cannot be mistaken for its repetition.
 */
export class Ledger {
  readonly #acknowledged = new Map<number, Placement>();
  /** Sent, and the answer lost: they may be in the stream. */
  readonly #unknown = new Set<number>();
  #lastId = 0;

  /** An id for a record that is about to be sent. */
  sent(): number {
    const id = ++this.#lastId;
    this.#unknown.add(id);
    return id;
  }

  acknowledged(id: number, placement: Placement): void {
    this.#unknown.delete(id);
    this.#acknowledged.set(id, placement);
  }

  /** The endpoint said that it did not take the record. */
  refused(id: number): void {
    this.#unknown.delete(id);
  }

  get size(): number {
    return this.#acknowledged.size;
  }
  get attempts(): number {
    return this.#lastId;
  }

  /** Compare with the rows of a view, in the order in which they were stored. */
  check(rows: readonly StoredRow[]): Verdict {
    const seen = new Map<string, number>();
    const found = new Set<number>();
    const verdict: Verdict = {
      acknowledged: this.size,
      stored: rows.length,
      lost: 0,
      doubled: 0,
      strange: 0,
      misplaced: 0,
    };
    for (const { id, shardId, sequenceNumber } of rows) {
      const place = `${shardId} ${sequenceNumber}`;
      seen.set(place, (seen.get(place) ?? 0) + 1);
      if (found.has(id)) verdict.doubled++;
      found.add(id);
      const placement = this.#acknowledged.get(id);
      if (placement === undefined) {
        if (!this.#unknown.has(id)) verdict.strange++;
      } else if (placement.shardId !== shardId || placement.sequenceNumber !== sequenceNumber) verdict.misplaced++;
    }
    for (const times of seen.values()) if (times > 1) verdict.doubled++;
    for (const id of this.#acknowledged.keys()) if (!found.has(id)) verdict.lost++;
    return verdict;
  }
}

export interface StoredRow {
  readonly id: number;
  readonly key: string;
  readonly shardId: string;
  readonly sequenceNumber: string;
}

export interface Verdict {
  acknowledged: number;
  stored: number;
  /** Acknowledged and not stored. */
  lost: number;
  /** Stored more than once, by id or by place. */
  doubled: number;
  /** Stored and never sent, or refused. */
  strange: number;
  /** Stored under another shard or sequence number than was acknowledged. */
  misplaced: number;
}

/**
 * Rows that are stored after one they should precede: by sequence number within their shard, by the order of sending
 * within their partition key.
 */
export function disorder(rows: readonly StoredRow[]): string[] {
  const lastOfShard = new Map<string, StoredRow>();
  const lastOfKey = new Map<string, StoredRow>();
  const late: string[] = [];
  for (const row of rows) {
    const beforeInShard = lastOfShard.get(row.shardId);
    if (beforeInShard !== undefined && BigInt(row.sequenceNumber) <= BigInt(beforeInShard.sequenceNumber))
      late.push(`in its shard ${describe(row)} after ${describe(beforeInShard)}`);
    lastOfShard.set(row.shardId, row);
    const beforeInKey = lastOfKey.get(row.key);
    if (beforeInKey !== undefined && row.id <= beforeInKey.id)
      late.push(`of its key ${describe(row)} after ${describe(beforeInKey)}`);
    lastOfKey.set(row.key, row);
  }
  return late;
}

function describe({ id, key, shardId, sequenceNumber }: StoredRow): string {
  return `record ${id} of key ${key} (${shardId} ${sequenceNumber})`;
}
