import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoredCatalog } from '../../src/catalog/store.js';
import { systemRelations, systemViews } from '../../src/catalog/system/registry.js';
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
    '%s runs',
    async (_title, view) => {
      const relation = systemRelations('dev').relation('dev', view.schema, view.name);
      if (relation === undefined) throw new Error('not registered');
      const columns = view.columns.map(([label, type]) => ({ label, type }));
      const result = await connection.query(`SELECT * FROM ${relation.duckdb} AS x`, columns);
      expect(result.columnCount).toBe(view.columns.length);
      await result.next();
    },
  );

  it('names every view once', () => {
    const names = systemViews.map((view) => `${view.schema}.${view.name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
