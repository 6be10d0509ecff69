import { bool, char, float4, int2, int4, int8, name, oid, text, textArray } from './column-types.js';
import { distStyle, effectiveDistStyle, keyRows, relationRows, schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

const persistence = (relation: string): string =>
  `if(${relation}.schema_name LIKE 'pg\\_temp\\_%' ESCAPE '\\', 't', 'p')`;

/** The columns that Redshift has; clients that were written for newer servers name those after them. */
export const pgClassColumns: SystemView['columns'] = [
  ['oid', oid, 'r.oid', 'k.index_oid'],
  ['relname', name, 'r.name', 'k.name'],
  ['relnamespace', oid, 's.oid', 's.oid'],
  ['reltype', oid, '0', '0'],
  ['reloftype', oid, '0', '0'],
  ['relowner', int4, (scope) => userId(scope, 'r.owner'), '100'],
  ['relam', oid, '0', '403'],
  ['relfilenode', oid, 'r.oid', 'k.index_oid'],
  ['reltablespace', oid, '0', '0'],
  ['relpages', int4, '1', '1'],
  ['reltuples', float4, '0', '0'],
  ['reltoastrelid', oid, '0', '0'],
  [
    'relhasindex',
    bool,
    `EXISTS (SELECT 1 FROM (${keyRows}) AS k WHERE k.table_oid = r.oid AND k.index_oid > 0)`,
    'false',
  ],
  ['relisshared', bool, 'false', 'false'],
  ['relpersistence', char(1), persistence('r'), persistence('k')],
  ['relkind', char(1), "if(r.kind IN ('table', 'system_table'), 'r', 'v')", "'i'"],
  ['relnatts', int2, 'json_array_length(r.columns)', 'len(k.columns)'],
  ['relchecks', int2, '0', '0'],
  ['reltriggers', int2, '0', '0'],
  ['relukeys', int2, '0', '0'],
  ['relfkeys', int2, '0', '0'],
  ['relrefs', int2, '0', '0'],
  ['relhasoids', bool, 'false', 'false'],
  ['relhaspkey', bool, `EXISTS (SELECT 1 FROM (${keyRows}) AS k WHERE k.table_oid = r.oid AND k.type = 'p')`, 'false'],
  ['relhasrules', bool, "r.kind NOT IN ('table', 'system_table')", 'false'],
  [
    'relhastriggers',
    bool,
    `EXISTS (SELECT 1 FROM (${keyRows}) AS k WHERE k.type = 'f' AND r.oid IN (k.table_oid, k.referenced_oid))`,
    'false',
  ],
  ['relhassubclass', bool, 'false', 'false'],
  ['relrowsecurity', bool, 'false', 'false'],
  ['relforcerowsecurity', bool, 'false', 'false'],
  ['relispopulated', bool, 'true', 'true'],
  ['relreplident', char(1), "'d'", "'n'"],
  ['relispartition', bool, 'false', 'false'],
  ['relacl', textArray],
  ['reloptions', textArray],
  ['reldiststyle', int2, distStyle, '0'],
  ['releffectivediststyle', int2, effectiveDistStyle, '0'],
];

export const pgClass: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_class',
  page: 'PostgreSQL: pg_class; PG_CLASS_INFO',
  columns: [
    ...pgClassColumns,
    ['relallvisible', int4],
    ['relrewrite', oid],
    ['relfrozenxid', int8],
    ['relminmxid', int8],
    ['relpartbound', text],
  ],
  from: [
    (scope) => `FROM (${relationRows(scope)}) AS r JOIN (${schemaRows(scope)}) AS s ON s.name = r.schema_name`,
    (scope) =>
      `FROM (${keyRows}) AS k JOIN (${schemaRows(scope)}) AS s ON s.name = k.schema_name WHERE k.index_oid > 0`,
  ],
};
