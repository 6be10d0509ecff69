import { quoteText } from '../../engine/quote.js';
import { char, int4, int8, numeric104, numeric380, oid, text, timestamp } from './column-types.js';
import { columnRows, distStyle, relationRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvTableInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_table_info',
  page: 'SVV_TABLE_INFO',
  columns: [
    ['database', text],
    ['schema', text],
    ['table_id', oid],
    ['table', text],
    ['encoded', text],
    ['diststyle', text],
    ['sortkey1', text],
    ['max_varchar', int4],
    ['sortkey1_enc', char(32)],
    ['sortkey_num', int4],
    ['size', int8],
    ['pct_used', numeric104],
    ['empty', int8],
    ['unsorted', numeric104],
    ['stats_off', numeric104],
    ['tbl_rows', numeric380],
    ['skew_sortkey1', numeric104],
    ['skew_rows', numeric104],
    ['estimated_visible_rows', numeric380],
    ['risk_event', text],
    ['vacuum_sort_benefit', numeric104],
    ['create_time', timestamp],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteText(scope.database)}, r.schema_name, r.oid, r.name, if(bool_or(c.encoding <> 'none'), 'Y', 'N'), ` +
    `CASE max(${distStyle}) WHEN 0 THEN 'EVEN' WHEN 1 THEN 'KEY(' || coalesce(max(if(c.dist_key, c.name, NULL)), '') || ')' WHEN 8 THEN 'ALL' ELSE 'AUTO(ALL)' END, ` +
    `coalesce(max(if(c.sort_key = 1, c.name, NULL)), 'AUTO(SORTKEY)'), coalesce(max(if(c.type_name = 'varchar', c.length, NULL)), 0), max(if(c.sort_key = 1, c.encoding, NULL)), ` +
    "max(c.sort_key), NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, make_timestamp(max(CAST(r.definition->>'$.createdMillis' AS BIGINT)) * 1000) " +
    `FROM (${relationRows(scope)}) AS r JOIN (${columnRows(scope)}) AS c ON c.r_oid = r.oid WHERE r.kind = 'table' GROUP BY ALL`,
};
