import type { CreateMaterializedViewPlan } from '../../sql-dialect/plan.js';
import type { CatalogSnapshot, CatalogTransaction, MaterializedViewEntry } from '../catalog/contract.js';
import type { EngineConnection } from '../engine/contract.js';

/** Creates, refreshes and drops materialized views. `src/session` calls it; the scheduler lives inside. */
export interface MaterializedViews {
  /**
   * Check the definition (0A000 naming what a streaming view may not contain), check that the stream exists, create the physical table and
   * populate an ordinary view; writes the entry through `catalog`. Runs in the caller's transaction on `connection`. Returns notices to send.
   */
  create(request: CreateRequest): Promise<RefreshMessage[]>;
  /** A refresh in a transaction of its own. Rejects with a positioned-less DuckshiftError; nothing is changed then but the failure record. */
  refresh(request: RefreshRequest): Promise<RefreshMessage[]>;
  /**
   * Drop the view's DuckDB objects inside the caller's transaction, after a refresh of it that runs has ended. Its positions are of no use to anyone and are removed
   * later. `snapshot`: the caller's, in which the entry still is.
   */
  drop(connection: EngineConnection, entry: MaterializedViewEntry, snapshot: CatalogSnapshot): Promise<void>;
  /** Make a database's hidden tables, after it was attached and its catalog loaded; system views read them. */
  prepareDatabase(database: string): Promise<void>;
  /** Forget a database that is being dropped. */
  forgetDatabase(database: string): void;
  /** Begin and end automatic refreshes. Views that are created, altered or dropped later are followed. */
  startScheduler(): void;
  stop(): Promise<void>;
}
export interface CreateRequest {
  readonly plan: CreateMaterializedViewPlan;
  readonly entry: MaterializedViewEntry;
  readonly connection: EngineConnection;
  readonly catalog: CatalogTransaction;
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
/** A notice of severity INFO. */
export interface RefreshMessage {
  readonly text: string;
}
