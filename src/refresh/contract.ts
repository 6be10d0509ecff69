import type { CreateMaterializedViewPlan } from '../../sql-dialect/plan.js';
import type { CatalogSnapshot, CatalogTransaction, MaterializedViewEntry } from '../catalog/contract.js';
import type { EngineConnection } from '../engine/contract.js';
import type { BaseChange, ChangeRequest } from './base-changes.js';
import type { ShardScan } from './history.js';

export type { BaseChange, ChangeRequest };

/** Creates, refreshes and drops materialized views. `src/session` calls it; the scheduler lives inside. */
export interface MaterializedViews {
  /**
   * Check the definition (0A000 naming what a streaming view may not contain), check that the stream exists, create the
   * physical table and populate an ordinary view; writes the entry through `catalog`. Runs in the caller's transaction
   * on `connection`. Returns notices to send.
   */
  create(request: CreateRequest): Promise<RefreshMessage[]>;
  /**
   * A refresh in a transaction of its own. Rejects with a positioned-less DuckshiftError; nothing is changed then but
   * the failure record.
   */
  refresh(request: RefreshRequest): Promise<RefreshMessage[]>;
  /**
   * Drop the view's DuckDB objects inside the caller's transaction, after a refresh of it that runs has ended. Its
   * positions are of no use to anyone and are removed later. `snapshot`: the caller's, in which the entry still is.
   * `signal` ends the waiting.
   *
   * @throws DuckshiftError 57014 when `signal` fires first
   */
  drop(
    connection: EngineConnection,
    entry: MaterializedViewEntry,
    snapshot: CatalogSnapshot,
    signal?: AbortSignal,
  ): Promise<void>;
  /** @throws DuckshiftError 0A000 for a view that AUTO REFRESH is not for */
  checkAutoRefresh(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): void;
  /**
   * A relation is about to be written. `watched`: materialized views read it, so that the write is to be noted in its
   * own transaction. `end` is called when that transaction has ended, whatever its end.
   */
  beginWrite(snapshot: CatalogSnapshot, oid: number): { readonly watched: boolean; readonly end: () => void };
  /**
   * Note a change of what materialized views read, in the transaction that makes it: they are stale, have to be
   * recomputed, or cannot be refreshed any more.
   */
  noteChange(request: ChangeRequest): Promise<void>;
  /** Make a database's hidden tables, after it was attached and its catalog loaded; system views read them. */
  prepareDatabase(database: string): Promise<void>;
  /** Discard the state of a database that is being dropped. */
  forgetDatabase(database: string): void;
  /** Begin and end automatic refreshes. Views that are created, altered or dropped later are followed. */
  startScheduler(): void;
  stop(): Promise<void>;
}
/** Notified of each refresh after it has ended. */
export interface RefreshObserver {
  /** A refresh of a view was committed. */
  refreshed(view: RefreshedView): void;
  failed(type: 'Manual' | 'Auto'): void;
}
export interface RefreshedView {
  readonly database: string;
  readonly entry: MaterializedViewEntry;
  readonly type: 'Manual' | 'Auto';
  readonly outcome: string;
  /** Microseconds since the epoch. */
  readonly startMicros: bigint;
  /** What was read of the stream; of one that several views read together, each has it all. */
  readonly scans: readonly ShardScan[];
}
/** A view being created: what its table will hold is decided by its definition. */
export type NewMaterializedView = Omit<MaterializedViewEntry, 'contents'>;

export interface CreateRequest {
  readonly plan: CreateMaterializedViewPlan;
  readonly entry: NewMaterializedView;
  readonly connection: EngineConnection;
  readonly catalog: CatalogTransaction;
  /** The transaction may have taken its snapshot before this statement. */
  readonly inBlock: boolean;
  /** Calls back when the transaction has ended, whatever its end. */
  readonly atEnd: (callback: () => void) => void;
}
export interface RefreshRequest {
  readonly database: string;
  readonly entry: MaterializedViewEntry;
  readonly mode: 'restrict' | 'cascade';
  readonly type: 'Manual' | 'Auto';
  readonly user: string;
  readonly sessionId: number;
  readonly signal: AbortSignal | undefined;
}
/** A notice. */
export interface RefreshMessage {
  readonly severity: 'INFO' | 'WARNING';
  readonly text: string;
}
