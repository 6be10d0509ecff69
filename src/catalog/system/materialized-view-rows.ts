import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { hidden } from '../physical.js';
import { parentPositions, pendingChanges, refreshHistory, viewContents } from '../refresh-records.js';
import type { SystemViewScope } from './system-view.js';

/**
 * Materialized views as SVV_MV_INFO and STV_MV_INFO show them. A view is stale when a table or view that it reads was
 * changed since its last refresh, and always when it calls a mutable function. Whether a view over a stream is stale is
 * not known without asking the stream: `u`.
 */
export function materializedViewRows({ database }: SystemViewScope): string {
  const pending = hidden(database, pendingChanges.name);
  const of = (alias: string) =>
    `${alias}.mv_oid = o.oid AND ${alias}.mv_created_millis = CAST(o.definition->>'$.createdMillis' AS BIGINT)`;
  const behind =
    `SELECT 1 FROM ${hidden(database, parentPositions.name)} AS p JOIN ${hidden(database, viewContents.name)} AS c ` +
    `ON c.mv_oid = p.parent_oid AND c.mv_created_millis = p.parent_created_millis WHERE ${of('p')} ` +
    'AND c.last_refresh > p.last_refresh';
  return (
    `SELECT ${quoteLiteral(database)} AS database_name, o.schema_name, o.owner AS user_name, o.name, ` +
    "CASE WHEN (o.definition->'$.stream') IS NOT NULL THEN 'u' " +
    "WHEN (o.definition->>'$.contents.mutable') = 'true' THEN 't' " +
    `WHEN EXISTS (SELECT 1 FROM ${pending} AS n WHERE ${of('n')}) OR EXISTS (${behind}) THEN 't' ` +
    "ELSE 'f' END AS is_stale, " +
    "CASE WHEN (o.definition->'$.unrefreshable') IS NOT NULL THEN CAST(o.definition->>'$.unrefreshable' AS INTEGER) " +
    "WHEN coalesce(o.definition->>'$.contents.maintenance', 'incremental') = 'incremental' " +
    `AND NOT EXISTS (SELECT 1 FROM ${pending} AS n WHERE ${of('n')} AND n.recompute) THEN 1 ELSE 0 END ` +
    'AS state, ' +
    "'f' AS autorewrite, CASE WHEN (o.definition->>'$.autoRefresh') = 'true' THEN 't' ELSE 'f' END AS autorefresh, " +
    `coalesce((SELECT max(h.transaction_id) FROM ${hidden(database, refreshHistory.name)} AS h ` +
    'WHERE h.mv_oid = o.oid), 0) AS updated_upto_xid ' +
    `FROM ${hidden(database, 'objects')} AS o WHERE o.kind = 'materialized_view'`
  );
}

/** Which materialized view reads which: `schema_name`, `name`, `ref_schema`, `ref_name`. */
export function materializedViewDependencies({ database }: SystemViewScope): string {
  const objects = hidden(database, 'objects');
  return (
    'SELECT o.schema_name, o.name, r.schema_name AS ref_schema, r.name AS ref_name ' +
    `FROM ${objects} AS o, unnest(from_json(o.definition->'$.dependsOn', '["BIGINT"]')) AS d(oid) ` +
    `JOIN ${objects} AS r ON r.oid = d.oid ` +
    "WHERE o.kind = 'materialized_view' AND r.kind = 'materialized_view'"
  );
}
