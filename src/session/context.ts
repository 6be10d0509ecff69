import type { DialectSettings, Relation } from '../../sql-dialect/catalog.js';
import type { ParsedStatement } from '../../sql-dialect/parse.js';
import type { OutputColumn, Plan } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import type { SystemRelations } from '../catalog/contract.js';
import type { StoredCatalog } from '../catalog/store.js';
import type { EngineConnection } from '../engine/contract.js';
import type { MaterializedViews } from '../refresh/contract.js';
import type { ExecutionResult, Notice } from './contract.js';
import type { Cursors } from './cursors.js';
import type { SettingStore } from './settings/store.js';
import type { SessionTransaction } from './transaction.js';

/** What every session shares. */
export interface SessionServices {
  readonly catalog: StoredCatalog;
  readonly materializedViews: MaterializedViews;
  readonly system: SystemRelations;
  /** Milliseconds since the epoch on the server's clock. */
  readonly nowMillis: () => number;
}

/** A statement made by SQL PREPARE. */
export interface NamedStatement {
  readonly statement: ParsedStatement;
  readonly parameterTypes: readonly (RedshiftType | undefined)[];
}

/** A session as its executors see it. */
export interface SessionContext {
  readonly services: SessionServices;
  readonly user: string;
  readonly database: string;
  readonly processId: number;
  readonly connection: EngineConnection;
  readonly settings: SettingStore;
  readonly transaction: SessionTransaction;
  readonly cursors: Cursors;
  readonly named: Map<string, NamedStatement>;
  /** Drops a statement of the caller's own; see `Session.onDeallocate`. */
  deallocateForeign(name: string | undefined): boolean;
  notice(notice: Notice): void;
  /** Announce changed settings to client and engine. */
  settingsChanged(names: readonly string[]): Promise<void>;
  /** Bring the engine's session variables up to date for rewritten text that reads `reads`. */
  prepareVariables(plan: {
    readonly reads: readonly Relation[];
    readonly duckdb: string | readonly string[];
    readonly columns?: readonly OutputColumn[] | undefined;
  }): Promise<void>;
  /** The settings that a definition made now keeps. */
  readonly definitionSettings: DialectSettings;
  compile(statement: ParsedStatement, parameterTypes: readonly (RedshiftType | undefined)[]): Plan;
  /** Result columns of a plan, undefined when it gives no rows. */
  columnsOf(plan: Plan): readonly OutputColumn[] | undefined;
  /** Run a plan. @throws 0A000 for one that is unsupported, 25001 for one that cannot run in the open block. */
  run(context: StatementContext, plan: Plan): Promise<ExecutionResult>;
  /** Parse a text that the server stored (SQL PREPARE). */
  parseKept(text: string): readonly ParsedStatement[];
}

/** One statement being executed. */
export interface StatementContext {
  readonly session: SessionContext;
  readonly statement: ParsedStatement;
  /** Values of `$1 …` in text format. */
  readonly parameters: readonly (string | null)[];
  /** Fires when the statement is cancelled or runs into its timeout. */
  readonly signal: AbortSignal;
}

/** How one kind of plan is described and run. */
export interface StatementExecutor<P> {
  readonly execute: (context: StatementContext, plan: P) => Promise<ExecutionResult>;
  /** Result columns, known without running; none when left out. */
  readonly columns?: (session: SessionContext, plan: P) => readonly OutputColumn[] | undefined;
}
