import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';
import { duckdbType } from '../../../sql-dialect/types/type-table.js';
import type { systemSchemas } from './system-schemas.js';

/** Where a system view reads from. */
export interface SystemViewScope {
  /** The session's database. */
  readonly database: string;
  /** The database that holds what belongs to the whole server. */
  readonly defaultDatabase: string;
}

/**
 * DuckDB text, made for a database where it depends on that. It is the same for every session: what differs comes from
 * session variables.
 */
export type ViewText = string | ((scope: SystemViewScope) => string);

/**
 * A column: its name, its type, and the DuckDB expression of its value in each of the view's sources; NULL where it is
 * left out.
 */
export type SystemColumn = readonly [name: string, type: RedshiftType, ...values: readonly ViewText[]];

/** A view of the server's own. */
export interface SystemView {
  readonly schema: (typeof systemSchemas)[number]['name'];
  readonly name: string;
  /** In Redshift's order. */
  readonly columns: readonly SystemColumn[];
  /**
   * What the rows come from, each the text of a SELECT after its list: `FROM … WHERE …`. Several are put together;
   * none: there are no rows.
   */
  readonly from: readonly ViewText[];
  /** Title of the AWS or PostgreSQL page. */
  readonly page: string;
}

/** The DuckDB query of a view: its columns under their names, in their order. */
export function selectOf({ columns, from }: SystemView, scope: SystemViewScope): string {
  const textOf = (text: ViewText): string => (typeof text === 'string' ? text : text(scope));
  const list = (source: number): string =>
    columns
      .map(([name, type, ...values]) => {
        const value = values[source];
        return `${value === undefined ? `CAST(NULL AS ${duckdbType(type) ?? 'VARCHAR'})` : textOf(value)} AS "${name}"`;
      })
      .join(', ');
  if (from.length === 0) return `SELECT ${list(0)} WHERE false`;
  return from.map((source, i) => `SELECT ${list(i)} ${textOf(source)}`).join(' UNION ALL ');
}
