import { columnList } from './column-list.js';
import { text, timestamp } from './column-types.js';
import { externalSchemaKind } from './external-schema-kind.js';
import { pgAttribute } from './pg-attribute.js';
import { pgClass } from './pg-class.js';
import { pgDatabase } from './pg-database.js';
import { pgUser } from './pg-user.js';
import { keyRows, relationRows, schemaRows } from './sources.js';
import type { SystemView } from './system-view.js';

/** Views that show another one under a second name or with a column more. */
export const derivedViews: readonly SystemView[] = [
  { ...pgUser, name: 'pg_shadow', page: 'PostgreSQL: pg_shadow' },
  { ...pgAttribute, name: 'pg_attribute_info', page: 'PG_ATTRIBUTE_INFO' },
  {
    ...pgClass,
    name: 'pg_class_info',
    page: 'PG_CLASS_INFO',
    columns: [...pgClass.columns, ['relcreationtime', timestamp]],
    duckdb: (scope) =>
      `SELECT c.*, (SELECT make_timestamp(max(CAST(r.definition->>'$.createdMillis' AS BIGINT)) * 1000) FROM (${relationRows(scope)}) AS r WHERE r.oid = c.oid) ` +
      `FROM (SELECT * FROM (${pgClass.duckdb(scope)}) AS v(${pgClass.columns.map(([name]) => name).join(', ')})) AS c`,
  },
  {
    ...pgDatabase,
    name: 'pg_database_info',
    page: 'PG_DATABASE_INFO',
    columns: pgDatabase.columns.map(([name, type]) => [name, name === 'datconnlimit' ? text : type] as const),
    duckdb: (scope) =>
      `SELECT * REPLACE (if(datconnlimit < 0, 'UNLIMITED', datconnlimit::VARCHAR) AS datconnlimit) FROM (${pgDatabase.duckdb(scope)}) AS v(${pgDatabase.columns.map(([name]) => name).join(', ')})`,
  },
  {
    schema: 'pg_catalog',
    name: 'pg_indexes',
    page: 'PostgreSQL: pg_indexes',
    columns: columnList('schemaname name, tablename name, indexname name, tablespace name, indexdef text'),
    duckdb: () =>
      "SELECT k.schema_name, k.table_name, k.name, NULL, 'CREATE UNIQUE INDEX ' || k.name || ' ON ' || k.schema_name || '.' || k.table_name || ' USING btree (' || array_to_string(k.column_names, ', ') || ')' " +
      `FROM (${keyRows}) AS k WHERE k.index_oid > 0`,
  },
  {
    schema: 'pg_catalog',
    name: 'pg_external_schema',
    page: 'PG_EXTERNAL_SCHEMA',
    columns: columnList('esoid oid, eskind int2, esdbname text, esoptions text'),
    duckdb: (scope) =>
      `SELECT s.oid, ${externalSchemaKind('s.definition')}, '', ` +
      `CAST(json_object('IAM_ROLE', s.definition->>'$.iamRole') AS VARCHAR) FROM (${schemaRows(scope)}) AS s WHERE s.kind = 'external_schema'`,
  },
];
