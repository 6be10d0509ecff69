import type { Relation } from '../../../sql-dialect/catalog.js';
import type { SystemRelations } from '../contract.js';
import { dependencyViews } from './dependency-views.js';
import { derivedViews } from './derived-views.js';
import { informationSchema } from './empty/information-schema.js';
import { postgresqlAToR } from './empty/postgresql-a-to-r.js';
import { postgresqlSToZ } from './empty/postgresql-s-to-z.js';
import { redshift } from './empty/redshift.js';
import { informationSchemaColumns } from './information-schema-columns.js';
import { informationSchemaConstraintColumnUsage } from './information-schema-constraint-column-usage.js';
import { informationSchemaKeyColumnUsage } from './information-schema-key-column-usage.js';
import { informationSchemaParameters } from './information-schema-parameters.js';
import { informationSchemaReferentialConstraints } from './information-schema-referential-constraints.js';
import { informationSchemaRoutines } from './information-schema-routines.js';
import { informationSchemaSchemata } from './information-schema-schemata.js';
import { informationSchemaTableConstraints } from './information-schema-table-constraints.js';
import { informationSchemaTables } from './information-schema-tables.js';
import { usageViews } from './information-schema-usage.js';
import { informationSchemaViews } from './information-schema-views.js';
import { pgAm } from './pg-am.js';
import { pgAttrdef } from './pg-attrdef.js';
import { pgAttribute } from './pg-attribute.js';
import { pgClass } from './pg-class.js';
import { pgCollation } from './pg-collation.js';
import { pgConstraint } from './pg-constraint.js';
import { pgDatabase } from './pg-database.js';
import { pgDepend } from './pg-depend.js';
import { pgDescription } from './pg-description.js';
import { pgIndex } from './pg-index.js';
import { pgLanguage } from './pg-language.js';
import { pgNamespace } from './pg-namespace.js';
import { pgProc } from './pg-proc.js';
import { pgProcInfo } from './pg-proc-info.js';
import { pgRewrite } from './pg-rewrite.js';
import { pgRoles } from './pg-roles.js';
import { pgSettings } from './pg-settings.js';
import { statisticsViews } from './pg-stat.js';
import { pgTableDef } from './pg-table-def.js';
import { pgTables } from './pg-tables.js';
import { pgTablespace } from './pg-tablespace.js';
import { pgType } from './pg-type.js';
import { pgUser } from './pg-user.js';
import { pgUserInfo } from './pg-user-info.js';
import { pgViews } from './pg-views.js';
import { queryHistoryViews } from './query-history.js';
import { relationPrivilegeViews } from './relation-privileges.js';
import { stvMvInfo } from './stv-mv-info.js';
import { stvSessions } from './stv-sessions.js';
import { svlMvRefreshStatus } from './svl-mv-refresh-status.js';
import { svvAllColumns } from './svv-all-columns.js';
import { svvAllSchemas } from './svv-all-schemas.js';
import { svvAllTables } from './svv-all-tables.js';
import { svvColumns } from './svv-columns.js';
import { svvExternalColumns } from './svv-external-columns.js';
import { svvExternalDatabases } from './svv-external-databases.js';
import { svvExternalSchemas } from './svv-external-schemas.js';
import { svvExternalTables } from './svv-external-tables.js';
import { svvMvInfo } from './svv-mv-info.js';
import { svvRedshiftColumns } from './svv-redshift-columns.js';
import { svvRedshiftDatabases } from './svv-redshift-databases.js';
import { svvRedshiftFunctions } from './svv-redshift-functions.js';
import { svvRedshiftSchemaQuota } from './svv-redshift-schema-quota.js';
import { svvRedshiftSchemas } from './svv-redshift-schemas.js';
import { svvRedshiftTables } from './svv-redshift-tables.js';
import { svvTableInfo } from './svv-table-info.js';
import { svvTables } from './svv-tables.js';
import { svvUserInfo } from './svv-user-info.js';
import { sysMvRefreshHistory } from './sys-mv-refresh-history.js';
import { sysStreamScanErrors } from './sys-stream-scan-errors.js';
import { sysStreamScanStates } from './sys-stream-scan-states.js';
import { systemSchemaNames } from './system-schemas.js';
import { type SystemView, selectOf } from './system-view.js';

/** Every system view there is. Their oids do not depend on the order. */
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
  pgAttrdef,
  pgIndex,
  pgConstraint,
  pgDescription,
  pgRoles,
  pgUserInfo,
  svvUserInfo,
  pgTables,
  pgViews,
  pgDepend,
  pgRewrite,
  pgAm,
  pgTablespace,
  pgCollation,
  pgSettings,
  svvTableInfo,
  svvExternalTables,
  svvExternalColumns,
  svvExternalDatabases,
  svvRedshiftFunctions,
  svvRedshiftSchemaQuota,
  informationSchemaSchemata,
  informationSchemaViews,
  informationSchemaTableConstraints,
  informationSchemaKeyColumnUsage,
  informationSchemaConstraintColumnUsage,
  informationSchemaReferentialConstraints,
  informationSchemaRoutines,
  informationSchemaParameters,
  pgLanguage,
  pgProc,
  pgProcInfo,
  ...dependencyViews,
  ...queryHistoryViews,
  ...derivedViews,
  ...relationPrivilegeViews,
  ...statisticsViews,
  ...usageViews,
  ...postgresqlAToR,
  ...postgresqlSToZ,
  ...redshift,
  ...informationSchema,
];

/**
 * The views by `schema.name`.
 *
 * @throws Error when two views have one name.
 */
export function viewsByName(views: readonly SystemView[]): ReadonlyMap<string, SystemView> {
  const byName = new Map<string, SystemView>();
  for (const view of views) {
    const key = `${view.schema}.${view.name}`;
    if (byName.has(key)) throw new Error(`two system views are called ${key}`);
    byName.set(key, view);
  }
  return byName;
}

const byName = viewsByName(systemViews);

/** The system views of every database. `defaultDatabase` holds what belongs to the whole server. */
export function systemRelations(defaultDatabase: string): SystemRelations {
  const made = new Map<string, Relation>();
  return {
    hasSchema: (schema) => systemSchemaNames.has(schema),
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
        duckdb: `(${selectOf(view, { database, defaultDatabase })})`,
        columns: view.columns.map(([column, type]) => ({ name: column, type, notNull: false })),
      };
      made.set(`${database}.${key}`, relation);
      return relation;
    },
  };
}
