import { bool, int2, int2Vector, oid, oidVector, text } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgIndex: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_index',
  page: 'PostgreSQL: pg_index',
  columns: [
    ['indexrelid', oid, 'k.index_oid'],
    ['indrelid', oid, 'k.table_oid'],
    ['indnatts', int2, 'len(k.columns)'],
    ['indnkeyatts', int2, 'len(k.columns)'],
    ['indisunique', bool, 'true'],
    ['indnullsnotdistinct', bool, 'false'],
    ['indisprimary', bool, "k.type = 'p'"],
    ['indisexclusion', bool, 'false'],
    ['indimmediate', bool, 'true'],
    ['indisclustered', bool, 'false'],
    ['indisvalid', bool, 'true'],
    ['indcheckxmin', bool, 'false'],
    ['indisready', bool, 'true'],
    ['indislive', bool, 'true'],
    ['indisreplident', bool, 'false'],
    ['indkey', int2Vector, 'k.columns'],
    ['indcollation', oidVector, 'list_transform(k.columns, lambda c: 0::BIGINT)'],
    ['indclass', oidVector, 'list_transform(k.columns, lambda c: 0::BIGINT)'],
    ['indoption', int2Vector, 'list_transform(k.columns, lambda c: 0::SMALLINT)'],
    ['indexprs', text],
    ['indpred', text],
  ],
  from: [`FROM (${keyRows}) AS k WHERE k.index_oid > 0`],
};
