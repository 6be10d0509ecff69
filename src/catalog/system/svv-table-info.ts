import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { char, int4, int8, numeric104, numeric380, oid, text, timestamp } from './column-types.js';
import { columnRows, effectiveDistStyle, relationRows, schemaRows } from './sources.js';
import type { SystemView, SystemViewScope } from './system-view.js';

export const svvTableInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_table_info',
  page: 'SVV_TABLE_INFO',
  columns: [
    ['database', text, (scope) => quoteLiteral(scope.database)],
    ['schema', text, 'r.schema_name'],
    ['table_id', oid, 'r.oid'],
    ['table', text, 'r.name'],
    ['encoded', text, "if(bool_or(c.encoding <> 'none'), 'Y', 'N')"],
    [
      'diststyle',
      text,
      `CASE max(${effectiveDistStyle}) WHEN 0 THEN 'EVEN' WHEN 1 THEN 'KEY(' || coalesce(max(if(c.dist_key, ` +
        "c.name, NULL)), '') || ')' WHEN 8 THEN 'ALL' ELSE 'AUTO(ALL)' END",
    ],
    ['sortkey1', text, "coalesce(max(if(c.sort_key = 1, c.name, NULL)), 'AUTO(SORTKEY)')"],
    ['max_varchar', int4, "coalesce(max(if(c.type_name = 'varchar', c.length, NULL)), 0)"],
    ['sortkey1_enc', char(32), 'max(if(c.sort_key = 1, c.encoding, NULL))'],
    ['sortkey_num', int4, 'max(c.sort_key)'],
    ['size', int8],
    ['pct_used', numeric104],
    ['empty', int8, '0'],
    ['unsorted', numeric104],
    ['stats_off', numeric104],
    ['tbl_rows', numeric380, 'max(r.row_count)'],
    ['skew_sortkey1', numeric104],
    ['skew_rows', numeric104],
    ['estimated_visible_rows', numeric380],
    ['risk_event', text],
    ['vacuum_sort_benefit', numeric104],
    ['create_time', timestamp, "make_timestamp(max(CAST(r.definition->>'$.createdMillis' AS BIGINT)) * 1000)"],
  ],
  // Rows are counted with those deleted and not yet vacuumed. Tables without rows are left out.
  from: [
    (scope) =>
      `FROM (${countedRelations(scope)}) AS r JOIN (${columnRows(scope)}) AS c ON c.r_oid = r.oid GROUP BY ALL`,
  ],
};

/** Tables and materialized views with rows, as `relationRows` has them, with `row_count`. */
function countedRelations(scope: SystemViewScope): string {
  return (
    `SELECT r.*, t.estimated_size AS row_count FROM (${relationRows(scope)}) AS r JOIN duckdb_tables() ` +
    'AS t ON t.estimated_size > 0 AND (' +
    `(t.database_name = ${quoteLiteral(scope.database)} ` +
    "AND t.schema_name = (SELECT coalesce(max(s.definition->>'$.physicalName'), r.schema_name) " +
    `FROM (${schemaRows(scope)}) AS s WHERE s.name = r.schema_name)) ` +
    "OR (t.database_name = 'temp' AND r.schema_name LIKE 'pg\\_temp\\_%' ESCAPE '\\')) " +
    "AND t.table_name = CASE r.kind WHEN 'materialized_view' THEN 'mv_tbl__' || r.name || '__0' " +
    "ELSE coalesce(r.definition->>'$.physicalName', r.name) END " +
    "WHERE r.kind IN ('table', 'materialized_view')"
  );
}
