/** The schemas of every database that no user makes, with PostgreSQL's oid of pg_catalog. They belong to `rdsdb`. */
export const systemSchemas = [
  { oid: 11, name: 'pg_catalog' },
  { oid: 10_001, name: 'information_schema' },
] as const;

export const systemSchemaNames: ReadonlySet<string> = new Set(systemSchemas.map(({ name }) => name));
