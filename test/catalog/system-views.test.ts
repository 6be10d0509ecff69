import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoredCatalog } from '../../src/catalog/store.js';
import { systemRelations, systemViews, viewsByName } from '../../src/catalog/system/registry.js';
import { type DuckdbEngine, type EngineConnection, openEngine } from '../../src/engine/index.js';

describe('system views', () => {
  let engine: DuckdbEngine;
  let connection: EngineConnection;
  beforeAll(async () => {
    engine = await openEngine({ databases: ['dev'] });
    await StoredCatalog.open(engine, 'dev', 'awsuser');
    connection = await engine.connect();
    await connection.run("SET VARIABLE duckshift_sessions = '[]'");
  });
  afterAll(() => engine.close());

  it.each(systemViews.map((view) => [`${view.schema}.${view.name}`, view] as const))(
    '%s has its columns, under their names',
    async (_title, view) => {
      const relation = systemRelations('dev').relation('dev', view.schema, view.name);
      if (relation === undefined) throw new Error('not registered');
      const columns = view.columns.map(([label, type]) => ({ label, type }));
      const result = await connection.query(`SELECT * FROM ${relation.duckdb} AS x`, columns);
      expect(result.columnCount).toBe(view.columns.length);
      await result.next();
      const described = await connection.rows(`DESCRIBE SELECT * FROM ${relation.duckdb} AS x`);
      expect(described.map((row) => row.column_name)).toEqual(view.columns.map(([label]) => label));
    },
  );

  it('refuses two views of one name', () => {
    const [first] = systemViews;
    if (first === undefined) throw new Error('no system views');
    expect(() => viewsByName([...systemViews, first])).toThrow(
      `two system views are called ${first.schema}.${first.name}`,
    );
  });
});
