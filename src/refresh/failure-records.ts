import { DuckshiftError } from '../base/errors.js';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import { type RefreshCause, recordRefresh } from './history.js';
import { cascadeStatus, failureStatus, unrefreshableReasons } from './messages.js';
import type { RefreshDeps } from './parts.js';
import type { RefreshTransaction } from './refresh-transaction.js';
import { streamFailure, unavailable } from './stream-failure.js';
import { viewKey } from './stream-positions.js';
import { cancelled } from './view-lock.js';

/** A refresh that failed, and for which views. */
export class RefreshFailure extends Error {
  override readonly name = 'RefreshFailure';

  constructor(
    readonly failure: DuckshiftError,
    readonly views: readonly MaterializedViewEntry[],
  ) {
    super(failure.message, { cause: failure });
  }
}

export interface FailedRun {
  readonly snapshot: CatalogSnapshot;
  readonly cause: RefreshCause;
  readonly mode: 'alone' | 'cascade' | 'together';
  readonly views: readonly MaterializedViewEntry[];
  /** Those of them that failed. */
  readonly failed: readonly MaterializedViewEntry[];
  /** Rolled back. */
  readonly transaction: RefreshTransaction;
  readonly signal: AbortSignal | undefined;
}

/** Writes failures of refreshes into the history, each in a transaction of its own. */
export class FailureRecords {
  /** Last failure of automatic refreshes that was recorded, by view. */
  readonly #last = new Map<string, string>();

  constructor(private readonly parts: RefreshDeps) {}

  /** @throws DuckshiftError 55000 for a view that cannot be refreshed any more */
  refuseUnrefreshable({ unrefreshable, name }: MaterializedViewEntry): void {
    if (unrefreshable === undefined) return;
    throw new DuckshiftError('55000', `Materialized view ${name} cannot be refreshed.`, {
      detail: `${unrefreshableReasons[unrefreshable]}. The view can still be queried.`,
      hint: 'Drop the materialized view and create it again.',
    });
  }

  /** A refresh of the view worked. */
  succeeded(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): void {
    this.#last.delete(viewKey(snapshot, entry));
  }

  /** Put a failure on record. Returns what to throw. */
  async record(error: unknown, run: FailedRun): Promise<RefreshFailure> {
    const { snapshot, cause, failed, signal, mode, views } = run;
    const [first] = failed;
    if (first === undefined) return new RefreshFailure(this.#failure(error, undefined, signal), failed);
    const gone = failed.find((entry) => !this.#isThere(snapshot, entry));
    if (gone !== undefined) {
      const message = `Materialized view "${gone.name}" does not exist`;
      return new RefreshFailure(new DuckshiftError('42P01', message, { cause: error }), [gone]);
    }
    const failure = this.#failure(error, first, signal);
    // A view that is being dropped or altered ends the refresh that runs.
    if (signal?.aborted === true && cause.type === 'Auto') return new RefreshFailure(failure, failed);
    const lines = failed.map((entry) => ({ entry, status: failureStatus(entry, failure.message) }));
    if (mode === 'cascade') {
      const at = views.indexOf(first);
      for (const [index, entry] of views.entries())
        if (!failed.includes(entry))
          lines.push({ entry, status: cascadeStatus(index < at ? 'failed' : 'skipped', first) });
    }
    // A view that fails at every poll would otherwise fill the history with one line; an outage has several texts.
    const what = failure.code === unavailable ? failure.code : failure.message;
    const fresh = cause.type === 'Manual' ? lines : lines.filter(({ entry }) => this.#note(snapshot, entry, what));
    if (fresh.length > 0) await this.#write(run, fresh);
    return new RefreshFailure(failure, failed);
  }

  #failure(error: unknown, entry: MaterializedViewEntry | undefined, signal: AbortSignal | undefined): DuckshiftError {
    if (signal?.aborted === true) return cancelled();
    // A source that is not read is the failure itself: it has its own words.
    if (error instanceof DuckshiftError) return error;
    const stream = entry?.stream;
    const connected = stream === undefined ? undefined : this.parts.sources.of(stream);
    return streamFailure(error, stream?.streamName ?? entry?.name ?? '', connected);
  }

  #isThere(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): boolean {
    const now = this.parts.catalog.snapshot(snapshot.database)?.byOid(entry.oid);
    return now?.kind === 'materialized_view' && now.createdMillis === entry.createdMillis;
  }

  /** True when the failure is another one than the view's last. */
  #note(snapshot: CatalogSnapshot, entry: MaterializedViewEntry, what: string): boolean {
    const key = viewKey(snapshot, entry);
    if (this.#last.get(key) === what) return false;
    this.#last.set(key, what);
    return true;
  }

  async #write(
    { transaction, snapshot, cause }: FailedRun,
    lines: readonly { readonly entry: MaterializedViewEntry; readonly status: string }[],
  ): Promise<void> {
    try {
      const end = this.parts.clock.nowMicros();
      const connection = await transaction.connection();
      for (const { entry, status } of lines)
        await recordRefresh(connection, snapshot.database, entry, cause, status, end);
    } catch (error) {
      const views = lines.map(({ entry }) => entry.name);
      this.parts.log.warn('a failed refresh could not be put on record', { views, error: String(error) });
    }
  }
}
