import { bool, char, float4, int2, int4, name, oid, textArray } from './column-types.js';
import { distStyle, effectiveDistStyle, keyRows, relationRows, schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

const persistence = (relation: string): string =>
  `if(${relation}.schema_name LIKE 'pg\\_temp\\_%' ESCAPE '\\', 't', 'p')`;

export const pgClass: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_class',
  page: 'PostgreSQL: pg_class; PG_CLASS_INFO',
  columns: [
    ['oid', oid],
    ['relname', name],
    ['relnamespace', oid],
    ['reltype', oid],
    ['reloftype', oid],
    ['relowner', int4],
    ['relam', oid],
    ['relfilenode', oid],
    ['reltablespace', oid],
    ['relpages', int4],
    ['reltuples', float4],
    ['reltoastrelid', oid],
    ['relhasindex', bool],
    ['relisshared', bool],
    ['relpersistence', char(1)],
    ['relkind', char(1)],
    ['relnatts', int2],
    ['relchecks', int2],
    ['reltriggers', int2],
    ['relukeys', int2],
    ['relfkeys', int2],
    ['relrefs', int2],
    ['relhasoids', bool],
    ['relhaspkey', bool],
    ['relhasrules', bool],
    ['relhastriggers', bool],
    ['relhassubclass', bool],
    ['relrowsecurity', bool],
    ['relforcerowsecurity', bool],
    ['relispopulated', bool],
    ['relreplident', char(1)],
    ['relispartition', bool],
    ['relacl', textArray],
    ['reloptions', textArray],
    ['reldiststyle', int2],
    ['releffectivediststyle', int2],
  ],
  duckdb: (scope) =>
    `SELECT r.oid, r.name, s.oid, 0, 0, ${userId(scope, 'r.owner')}, 0, r.oid, 0, 1, 0, 0, EXISTS (SELECT 1 FROM (${keyRows}) AS k WHERE k.table_oid = r.oid AND k.index_oid > 0), false, ${persistence('r')}, if(r.kind IN ('table', 'system_table'), 'r', 'v'), ` +
    `json_array_length(r.columns), 0, 0, 0, 0, 0, false, EXISTS (SELECT 1 FROM (${keyRows}) AS k WHERE k.table_oid = r.oid AND k.type = 'p'), r.kind NOT IN ('table', 'system_table'), ` +
    `EXISTS (SELECT 1 FROM (${keyRows}) AS k WHERE k.type = 'f' AND r.oid IN (k.table_oid, k.referenced_oid)), false, false, false, true, 'd', false, NULL, NULL, ${distStyle}, ${effectiveDistStyle} ` +
    `FROM (${relationRows(scope)}) AS r JOIN (${schemaRows(scope)}) AS s ON s.name = r.schema_name ` +
    `UNION ALL SELECT k.index_oid, k.name, s.oid, 0, 0, 100, 403, k.index_oid, 0, 1, 0, 0, false, false, ${persistence('k')}, 'i', len(k.columns), 0, 0, 0, 0, 0, false, false, false, false, false, ` +
    `false, false, true, 'n', false, NULL, NULL, 0, 0 FROM (${keyRows}) AS k JOIN (${schemaRows(scope)}) AS s ON s.name = k.schema_name WHERE k.index_oid > 0`,
};
