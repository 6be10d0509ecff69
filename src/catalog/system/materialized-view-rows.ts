import { quoteText } from '../../engine/quote.js';
import { hidden } from '../physical.js';
import { refreshHistory } from '../refresh-records.js';
import type { SystemViewScope } from './system-view.js';

/**
 * Materialized views as SVV_MV_INFO and STV_MV_INFO show them. Whether a view over a stream is stale is not known without asking the stream: `u`. Another
 * view is fresh only as far as its last refresh, of which the tables below keep no trace: `u` too, rather than a wrong `f`.
 */
export function materializedViewRows({ database }: SystemViewScope): string {
  return (
    `SELECT ${quoteText(database)} AS database_name, o.schema_name, o.owner AS user_name, o.name, 'u' AS is_stale, ` +
    "CASE WHEN (o.definition->'$.stream') IS NOT NULL THEN 1 ELSE 0 END AS state, 'f' AS autorewrite, " +
    "CASE WHEN (o.definition->>'$.autoRefresh') = 'true' THEN 't' ELSE 'f' END AS autorefresh, " +
    `coalesce((SELECT max(h.transaction_id) FROM ${hidden(database, refreshHistory.name)} AS h WHERE h.mv_oid = o.oid), 0) AS updated_upto_xid ` +
    `FROM ${hidden(database, 'objects')} AS o WHERE o.kind = 'materialized_view'`
  );
}
