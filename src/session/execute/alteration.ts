import type { CatalogTransaction, TableEntry } from '../../catalog/contract.js';
import type { SessionContext, StatementContext } from '../context.js';

/** A table being altered. */
export interface Alteration {
  readonly context: StatementContext;
  readonly session: SessionContext;
  readonly catalog: CatalogTransaction;
  readonly table: TableEntry;
  readonly temporary: boolean;
  /** DuckDB's full name. */
  readonly duckdb: string;
}
