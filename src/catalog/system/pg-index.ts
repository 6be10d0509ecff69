import { bool, int2, int2Vector, oid, oidVector, text } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgIndex: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_index',
  page: 'PostgreSQL: pg_index',
  columns: [
    ['indexrelid', oid],
    ['indrelid', oid],
    ['indnatts', int2],
    ['indnkeyatts', int2],
    ['indisunique', bool],
    ['indnullsnotdistinct', bool],
    ['indisprimary', bool],
    ['indisexclusion', bool],
    ['indimmediate', bool],
    ['indisclustered', bool],
    ['indisvalid', bool],
    ['indcheckxmin', bool],
    ['indisready', bool],
    ['indislive', bool],
    ['indisreplident', bool],
    ['indkey', int2Vector],
    ['indcollation', oidVector],
    ['indclass', oidVector],
    ['indoption', int2Vector],
    ['indexprs', text],
    ['indpred', text],
  ],
  duckdb: () =>
    "SELECT k.index_oid, k.table_oid, len(k.columns), len(k.columns), true, false, k.type = 'p', false, true, false, true, false, true, true, false, k.columns, " +
    'list_transform(k.columns, lambda c: 0::BIGINT), list_transform(k.columns, lambda c: 0::BIGINT), list_transform(k.columns, lambda c: 0::SMALLINT), NULL, NULL ' +
    `FROM (${keyRows}) AS k WHERE k.index_oid > 0`,
};
