import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';

/** Where a system view reads from. */
export interface SystemViewScope {
  /** The session's database. */
  readonly database: string;
  /** The database that holds what belongs to the whole server. */
  readonly defaultDatabase: string;
}

/** A view of the server's own, one file each. */
export interface SystemView {
  readonly schema: 'pg_catalog' | 'information_schema';
  readonly name: string;
  /** In Redshift's order. */
  readonly columns: readonly (readonly [name: string, type: RedshiftType])[];
  /**
   * A DuckDB SELECT over the hidden schema that gives these columns, under these names and in this order. Its text is
   * the same for every session: what differs comes from session variables.
   */
  readonly duckdb: (scope: SystemViewScope) => string;
  /** Title of the AWS or PostgreSQL page. */
  readonly page: string;
}
