import type { Relation } from '../../../sql-dialect/catalog.js';
import { quoteName } from '../../engine/quote.js';
import type { SystemRelations } from '../contract.js';
import { informationSchemaColumns } from './information-schema-columns.js';
import { informationSchemaTables } from './information-schema-tables.js';
import { pgAttribute } from './pg-attribute.js';
import { pgClass } from './pg-class.js';
import { pgDatabase } from './pg-database.js';
import { pgNamespace } from './pg-namespace.js';
import { pgTableDef } from './pg-table-def.js';
import { pgType } from './pg-type.js';
import { pgUser } from './pg-user.js';
import { stvMvInfo } from './stv-mv-info.js';
import { stvSessions } from './stv-sessions.js';
import { svlMvRefreshStatus } from './svl-mv-refresh-status.js';
import { svvAllColumns } from './svv-all-columns.js';
import { svvAllSchemas } from './svv-all-schemas.js';
import { svvAllTables } from './svv-all-tables.js';
import { svvColumns } from './svv-columns.js';
import { svvExternalSchemas } from './svv-external-schemas.js';
import { svvMvInfo } from './svv-mv-info.js';
import { svvRedshiftColumns } from './svv-redshift-columns.js';
import { svvRedshiftDatabases } from './svv-redshift-databases.js';
import { svvRedshiftSchemas } from './svv-redshift-schemas.js';
import { svvRedshiftTables } from './svv-redshift-tables.js';
import { svvTables } from './svv-tables.js';
import { sysMvRefreshHistory } from './sys-mv-refresh-history.js';
import { sysStreamScanErrors } from './sys-stream-scan-errors.js';
import { sysStreamScanStates } from './sys-stream-scan-states.js';
import type { SystemView } from './system-view.js';

const schemas: ReadonlySet<string> = new Set(['pg_catalog', 'information_schema']);

/** Every system view there is. */
export const systemViews: readonly SystemView[] = [
  informationSchemaColumns,
  informationSchemaTables,
  pgAttribute,
  pgClass,
  pgDatabase,
  pgNamespace,
  pgTableDef,
  pgType,
  pgUser,
  stvMvInfo,
  stvSessions,
  svlMvRefreshStatus,
  svvAllColumns,
  svvAllSchemas,
  svvAllTables,
  svvColumns,
  svvExternalSchemas,
  svvMvInfo,
  svvRedshiftColumns,
  svvRedshiftDatabases,
  svvRedshiftSchemas,
  svvRedshiftTables,
  svvTables,
  sysMvRefreshHistory,
  sysStreamScanErrors,
  sysStreamScanStates,
];

/** The system views of every database. `defaultDatabase` holds what belongs to the whole server. */
export function systemRelations(defaultDatabase: string): SystemRelations {
  const byName = new Map(systemViews.map((view) => [`${view.schema}.${view.name}`, view]));
  const made = new Map<string, Relation>();
  return {
    hasSchema: (schema) => schemas.has(schema),
    relation: (database, schema, name) => {
      const key = `${schema}.${name}`;
      const view = byName.get(key);
      if (view === undefined) return undefined;
      const known = made.get(`${database}.${key}`);
      if (known !== undefined) return known;
      const relation: Relation = {
        kind: 'system_view',
        database,
        schema,
        name,
        duckdb: `(SELECT * FROM (${view.duckdb({ database, defaultDatabase })}) AS v(${view.columns.map(([column]) => quoteName(column)).join(', ')}))`,
        columns: view.columns.map(([column, type]) => ({ name: column, type, notNull: false })),
      };
      made.set(`${database}.${key}`, relation);
      return relation;
    },
  };
}
