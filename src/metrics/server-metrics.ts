import type { RefreshedView, RefreshObserver } from '../refresh/contract.js';
import { Counter, type MetricFamily } from './family.js';

/** A view, as metrics name it. */
interface ViewName {
  readonly database: string;
  readonly schema: string;
  readonly view: string;
}

interface ViewProgress {
  readonly name: ViewName;
  /** Records that arrived before are in the view; microseconds since the epoch. */
  levelMicros: bigint;
  readonly shards: Map<string, { readonly stream: string; newestMicros: bigint }>;
}

/** Counts what statements and refreshes do, from the server's start. */
export class ServerMetrics implements RefreshObserver {
  readonly #statements = new Counter(
    'duckshift_statements_total',
    'Statements by kind and outcome: ok, error, canceled, or refused before they ran.',
  );
  readonly #errors = new Counter('duckshift_statement_errors_total', 'Failed statements by SQLSTATE.');
  readonly #refreshes = new Counter(
    'duckshift_refreshes_total',
    'Refreshes of materialized views by type and outcome; automatic polls that find nothing count.',
  );
  readonly #records = new Counter('duckshift_stream_records_total', 'Stream records read into materialized views.');
  readonly #bytes = new Counter('duckshift_stream_bytes_total', 'Payload bytes of those records.');
  readonly #views = new Map<string, ViewProgress>();

  constructor(
    private readonly nowMicros: () => bigint,
    /** Whether a materialized view is still there. */
    private readonly exists: (database: string, schema: string, view: string) => boolean,
  ) {}

  /** A statement has ended, or was refused before it ran. */
  statementEnded(kind: string, error: unknown, ran: boolean): void {
    if (error === undefined) {
      this.#statements.add({ kind, outcome: 'ok' });
      return;
    }
    const sqlstate = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'XX000';
    this.#statements.add({ kind, outcome: sqlstate === '57014' ? 'canceled' : ran ? 'error' : 'refused' });
    this.#errors.add({ sqlstate });
  }

  refreshed({ database, entry, type, outcome, startMicros, scans }: RefreshedView): void {
    this.#refreshes.add({ type: type.toLowerCase(), outcome });
    if (entry.stream === undefined) return;
    const { streamName: stream } = entry.stream;
    const name = { database, schema: entry.schema, view: entry.name };
    const progress = this.#progress(name);
    if (startMicros > progress.levelMicros) progress.levelMicros = startMicros;
    for (const { shardId: shard, rows, bytes, maxArrival } of scans) {
      const labels = { ...name, stream, shard };
      this.#records.add(labels, rows);
      this.#bytes.add(labels, bytes);
      if (maxArrival !== undefined) progress.shards.set(shard, { stream, newestMicros: maxArrival });
    }
  }

  failed(type: 'Manual' | 'Auto'): void {
    this.#refreshes.add({ type: type.toLowerCase(), outcome: 'failed' });
  }

  /** Everything counted so far. Dropped views are left out, and their counts discarded. */
  families(): readonly MetricFamily[] {
    for (const [key, { name }] of this.#views) if (!this.#isThere(name)) this.#views.delete(key);
    const keep = ({ database = '', schema = '', view = '' }: Readonly<Record<string, string>>): boolean =>
      this.#isThere({ database, schema, view });
    return [
      this.#statements.family(),
      this.#errors.family(),
      this.#refreshes.family(),
      this.#records.family(keep),
      this.#bytes.family(keep),
      ...this.#lag(),
    ];
  }

  #lag(): readonly MetricFamily[] {
    const now = this.nowMicros();
    const views = [...this.#views.values()];
    return [
      {
        name: 'duckshift_materialized_view_lag_seconds',
        type: 'gauge',
        help: 'Every record that arrived longer ago than this is in the view.',
        samples: views.map(({ name, levelMicros }) => ({ labels: { ...name }, value: secondsSince(levelMicros, now) })),
      },
      {
        name: 'duckshift_materialized_view_newest_record_age_seconds',
        type: 'gauge',
        help: 'Age of the newest record that the view has read of a shard.',
        samples: views.flatMap(({ name, shards }) =>
          [...shards].map(([shard, { stream, newestMicros }]) => ({
            labels: { ...name, stream, shard },
            value: secondsSince(newestMicros, now),
          })),
        ),
      },
    ];
  }

  #progress(name: ViewName): ViewProgress {
    const key = `${name.database}\u0000${name.schema}\u0000${name.view}`;
    let progress = this.#views.get(key);
    if (progress === undefined) {
      progress = { name, levelMicros: 0n, shards: new Map() };
      this.#views.set(key, progress);
    }
    return progress;
  }

  #isThere({ database, schema, view }: ViewName): boolean {
    return this.exists(database, schema, view);
  }
}

function secondsSince(micros: bigint, now: bigint): number {
  return Math.max(0, Number(now - micros) / 1e6);
}
