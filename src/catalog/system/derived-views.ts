import { int2, name, oid, text, timestamp } from './column-types.js';
import { externalSchemaKind } from './external-schema-kind.js';
import { pgAttribute, pgAttributeColumns } from './pg-attribute.js';
import { pgClass, pgClassColumns } from './pg-class.js';
import { pgDatabase, pgDatabaseColumns } from './pg-database.js';
import { pgUser } from './pg-user.js';
import { keyRows, schemaRows } from './sources.js';
import type { SystemColumn, SystemView } from './system-view.js';

/** A table was created when its entry says; nothing is known of other relations and of indexes. */
const createdAt = "make_timestamp(CAST(r.definition->>'$.createdMillis' AS BIGINT) * 1000)";

/** The limit in words where there is none. */
function limitInWords(column: SystemColumn): SystemColumn {
  const [label, , expression] = column;
  return label === 'datconnlimit'
    ? [label, text, (scope) => unlimited(typeof expression === 'function' ? expression(scope) : (expression ?? 'NULL'))]
    : column;
}

const unlimited = (limit: string): string => `if(${limit} < 0, 'UNLIMITED', (${limit})::VARCHAR)`;

/** Views that show another one under a second name or with a column more. */
export const derivedViews: readonly SystemView[] = [
  {
    ...pgUser,
    name: 'pg_shadow',
    page: 'PostgreSQL: pg_shadow',
    columns: [...pgUser.columns],
  },
  { ...pgAttribute, name: 'pg_attribute_info', page: 'PG_ATTRIBUTE_INFO', columns: pgAttributeColumns },
  {
    ...pgClass,
    name: 'pg_class_info',
    page: 'PG_CLASS_INFO',
    columns: [...pgClassColumns, ['relcreationtime', timestamp, createdAt, 'NULL']],
  },
  {
    ...pgDatabase,
    name: 'pg_database_info',
    page: 'PG_DATABASE_INFO',
    columns: pgDatabaseColumns.map(limitInWords),
  },
  {
    schema: 'pg_catalog',
    name: 'pg_indexes',
    page: 'PostgreSQL: pg_indexes',
    columns: [
      ['schemaname', name, 'k.schema_name'],
      ['tablename', name, 'k.table_name'],
      ['indexname', name, 'k.name'],
      ['tablespace', name],
      [
        'indexdef',
        text,
        "'CREATE UNIQUE INDEX ' || k.name || ' ON ' || k.schema_name || '.' || k.table_name || ' USING btree (' || " +
          "array_to_string(k.column_names, ', ') || ')'",
      ],
    ],
    from: [`FROM (${keyRows}) AS k WHERE k.index_oid > 0`],
  },
  {
    schema: 'pg_catalog',
    name: 'pg_external_schema',
    page: 'PG_EXTERNAL_SCHEMA',
    columns: [
      ['esoid', oid, 's.oid'],
      ['eskind', int2, externalSchemaKind('s.definition')],
      ['esdbname', text, "''"],
      ['esoptions', text, "CAST(json_object('IAM_ROLE', s.definition->>'$.iamRole') AS VARCHAR)"],
    ],
    from: [(scope) => `FROM (${schemaRows(scope)}) AS s WHERE s.kind = 'external_schema'`],
  },
];
