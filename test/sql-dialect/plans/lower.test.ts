import { describe, expect, it } from 'vitest';
import { isUnsupported } from '../../../sql-dialect/plan.js';
import { fixtureStatements } from '../grammar/fixture-statements.js';
import { planOf } from './fake-context.js';

const name = (text: string) => ({ database: undefined, schema: undefined, name: text });

describe('names', () => {
  it('are folded to lower case, quoted or not', () => {
    expect(planOf('DROP TABLE "Dev"."Library"."Books", AUTHORS')).toMatchObject({
      names: [{ database: 'dev', schema: 'library', name: 'books' }, name('authors')],
    });
  });
  it('keep their case when quoted under enable_case_sensitive_identifier', () => {
    expect(planOf('DROP TABLE "Books", Authors', { enableCaseSensitiveIdentifier: true })).toMatchObject({
      names: [name('Books'), name('authors')],
    });
  });
  it('have at most 127 bytes', () => {
    expect(planOf(`DROP TABLE ${'a'.repeat(127)}`)).toMatchObject({ kind: 'drop_table' });
    expect(() => planOf(`DROP TABLE t, ${'é'.repeat(64)}`)).toThrow(
      expect.objectContaining({ code: '42622', position: 15 }),
    );
  });
});

describe('CREATE TABLE', () => {
  it('takes columns with their options', () => {
    const plan = planOf(
      `CREATE TABLE IF NOT EXISTS s.t (id bigint IDENTITY(5, 2), n int DEFAULT 1 + 1 NOT NULL ENCODE AZ64,
       t varchar(10) UNIQUE, r int REFERENCES u (x), PRIMARY KEY (id, n))`,
    );
    expect(plan).toMatchObject({
      kind: 'create_table',
      name: { schema: 's', name: 't' },
      temporary: false,
      ifNotExists: true,
      columns: [
        { name: 'id', type: { id: 'int8' }, notNull: true, identity: { seed: 5, step: 2, byDefault: false } },
        { name: 'n', notNull: true, defaultDuckdb: 'constant(1 + 1)', defaultText: '1 + 1', encoding: 'az64' },
        { name: 't', type: { id: 'varchar', length: 10 }, unique: true, notNull: false },
        { name: 'r', notNull: false, defaultText: undefined },
      ],
      constraints: [
        { type: 'foreign key', columns: ['r'], references: { table: name('u'), columns: ['x'] } },
        { type: 'primary key', columns: ['id', 'n'] },
      ],
    });
  });
  it('marks keys on columns and table alike', () => {
    const keys = { distKey: 'a', distStyle: 'key', sortKey: ['b'], sortStyle: 'compound' };
    const columns = [
      { name: 'a', distKey: true, sortKey: false },
      { name: 'b', distKey: false, sortKey: true },
    ];
    expect(planOf('CREATE TABLE t (a int DISTKEY, b int SORTKEY)')).toMatchObject({ columns, attributes: keys });
    expect(planOf('CREATE TABLE t (a int, b int) DISTKEY (A) SORTKEY (B)')).toMatchObject({
      columns,
      attributes: keys,
    });
  });
  it('makes #names temporary', () => {
    expect(planOf('CREATE TABLE #T (a int)')).toMatchObject({ temporary: true, name: name('#t') });
  });
  it('takes LIKE', () => {
    expect(planOf('CREATE TEMP TABLE t (LIKE s.u INCLUDING DEFAULTS)')).toMatchObject({
      temporary: true,
      columns: [],
      like: { table: { schema: 's', name: 'u' }, includingDefaults: true },
    });
  });
  const refused: readonly (readonly [sql: string, code: string, position: number])[] = [
    ['CREATE TABLE t (a int, A int)', '42701', 24],
    ['CREATE TABLE t (a int PRIMARY KEY, b int, PRIMARY KEY (b))', '42P16', 14],
    ['CREATE TABLE t (a int, PRIMARY KEY (b))', '42703', 14],
    ['CREATE TABLE t (a int) SORTKEY (b)', '42703', 24],
    ['CREATE TABLE t (a int NULL NOT NULL)', '42601', 17],
    ['CREATE TABLE t (a int DEFAULT 1 DEFAULT 2)', '42601', 33],
    ['CREATE TABLE t (a int CHECK (a > 0))', '0A000', 23],
    ['CREATE TABLE t (a int, CHECK (a > 0))', '0A000', 24],
    ['CREATE TABLE t (a varchar(5) IDENTITY(1, 1))', '42P16', 30],
    ['CREATE TABLE t (a varchar COLLATE CI)', '0A000', 27],
  ];
  it.each(refused)('%s', (sql, code, position) => {
    expect(() => planOf(sql)).toThrow(expect.objectContaining({ code, position }));
  });
});

describe('queries that define relations', () => {
  it('keep their text, its place and their compiled form', () => {
    const plan = planOf('SELECT 1; CREATE TABLE t (x) DISTKEY (1) AS (SELECT a FROM b)');
    expect(plan).toMatchObject({
      kind: 'create_table_as',
      columnNames: ['x'],
      attributes: { distKey: 1, distStyle: 'key' },
      query: { text: '(SELECT a FROM b)', offset: 34, compiled: { duckdb: 'compiled((SELECT a FROM b))' } },
      selectInto: false,
    });
  });
  it('SELECT INTO makes a table, in whichever operand of a UNION comes first', () => {
    expect(planOf('SELECT a INTO TEMP t FROM b')).toMatchObject({
      kind: 'create_table_as',
      name: name('t'),
      temporary: true,
      selectInto: true,
    });
    expect(planOf('(SELECT a INTO #t FROM b) UNION SELECT 1')).toMatchObject({ temporary: true, selectInto: true });
    expect(planOf('SELECT 1')).toMatchObject({ kind: 'select', duckdb: 'compiled(SELECT 1)' });
  });
  it('of late-binding views are not compiled, and name their relations with a schema', () => {
    expect(planOf('CREATE VIEW v AS SELECT * FROM s.t WITH NO SCHEMA BINDING')).toMatchObject({
      noSchemaBinding: true,
      query: { text: 'SELECT * FROM s.t', offset: 17, compiled: undefined },
    });
    const message = 'All the relation names inside should be qualified when creating VIEW WITH NO SCHEMA BINDING';
    expect(() => planOf('CREATE VIEW v AS SELECT * FROM s.t, u WITH NO SCHEMA BINDING')).toThrow(
      expect.objectContaining({ message, position: 37 }),
    );
    expect(planOf('CREATE VIEW v AS SELECT 1 FROM s.t x, x.a AS y, y AS z WITH NO SCHEMA BINDING')).toMatchObject({
      kind: 'create_view',
    });
    expect(
      planOf('CREATE VIEW v AS WITH u AS (SELECT * FROM s.t) SELECT * FROM u WITH NO SCHEMA BINDING'),
    ).toMatchObject({ kind: 'create_view' });
  });
  it('of materialized views', () => {
    expect(planOf('CREATE MATERIALIZED VIEW m SORTKEY (a) AUTO REFRESH YES AS SELECT a FROM b')).toMatchObject({
      kind: 'create_materialized_view',
      attributes: { sortKey: ['a'], sortStyle: 'compound' },
      autoRefresh: true,
      query: { text: 'SELECT a FROM b' },
    });
  });
});

describe('users', () => {
  it('take each option once, in any order', () => {
    const plan = planOf(
      "CREATE USER u CREATEDB NOCREATEUSER SYSLOG ACCESS UNRESTRICTED CONNECTION LIMIT 5 VALID UNTIL '2030-01-01' PASSWORD DISABLE",
    );
    expect(plan).toEqual({
      kind: 'create_user',
      name: 'u',
      newName: undefined,
      createDatabase: true,
      superuser: false,
      connectionLimit: 5,
      validUntil: '2030-01-01',
      syslogAccess: 'UNRESTRICTED',
      password: 'disable',
    });
    expect(planOf('ALTER USER u CONNECTION LIMIT UNLIMITED')).toMatchObject({ connectionLimit: -1 });
    expect(planOf('ALTER USER u RENAME TO Other')).toMatchObject({ newName: 'other', createDatabase: undefined });
  });
  it('refuse what is left out, said twice or no time', () => {
    expect(() => planOf('CREATE USER u CREATEDB')).toThrow(expect.objectContaining({ code: '42601' }));
    expect(() => planOf('ALTER USER u CREATEDB NOCREATEDB')).toThrow(
      expect.objectContaining({ code: '42601', position: 23 }),
    );
    expect(() => planOf("ALTER USER u VALID UNTIL 'soon'")).toThrow(
      expect.objectContaining({ code: '22007', position: 14 }),
    );
  });
});

describe('plans', () => {
  const table: readonly (readonly [sql: string, plan: object])[] = [
    ['INSERT INTO t VALUES (1)', { kind: 'insert', duckdb: ['compiled(INSERT INTO t VALUES (1))'] }],
    ['REFRESH MATERIALIZED VIEW s.m', { kind: 'refresh_materialized_view', name: { schema: 's' }, mode: 'restrict' }],
    ['ALTER MATERIALIZED VIEW m AUTO REFRESH NO', { action: { type: 'auto_refresh', on: false } }],
    ['ALTER MATERIALIZED VIEW m ALTER DISTKEY a', { action: { type: 'attributes', attributes: { distKey: 'a' } } }],
    [
      "CREATE EXTERNAL SCHEMA IF NOT EXISTS K FROM KINESIS REGION 'r' IAM_ROLE default",
      {
        kind: 'create_external_schema',
        name: 'k',
        ifNotExists: true,
        source: 'kinesis',
        region: 'r',
        iamRole: 'default',
      },
    ],
    ['CREATE SCHEMA AUTHORIZATION Bob', { kind: 'create_schema', name: 'bob', owner: 'bob' }],
    ['CREATE SCHEMA dev.s QUOTA 5 GB', { name: 's', quota: '5 GB' }],
    ['ALTER SCHEMA s RENAME TO T', { kind: 'alter_schema', action: { type: 'rename', to: 't' } }],
    ['DROP SCHEMA IF EXISTS a, b CASCADE', { kind: 'drop_schema', names: ['a', 'b'], ifExists: true, cascade: true }],
    ['DROP MATERIALIZED VIEW m', { kind: 'drop_materialized_view', cascade: false }],
    ['ALTER TABLE t ADD COLUMN a int DEFAULT 5', { action: { type: 'add_column', column: { defaultText: '5' } } }],
    ['ALTER TABLE t DROP COLUMN A CASCADE', { action: { type: 'drop_column', column: 'a', cascade: true } }],
    ['ALTER TABLE t RENAME COLUMN a TO b', { action: { type: 'rename_column', from: 'a', to: 'b' } }],
    ['ALTER TABLE t RENAME TO u', { action: { type: 'rename_table', to: 'u' } }],
    ['ALTER TABLE t ALTER a TYPE varchar(9)', { action: { type: 'alter_column_type', dataType: { length: 9 } } }],
    ['ALTER TABLE t ALTER a ENCODE raw', { action: { type: 'alter_column_encode', encoding: 'raw' } }],
    ['ALTER TABLE t OWNER TO u', { action: { type: 'owner', owner: 'u' } }],
    [
      'ALTER TABLE t ADD UNIQUE (a)',
      { action: { type: 'add_constraint', constraint: { type: 'unique', columns: ['a'] } } },
    ],
    ['ALTER TABLE t APPEND FROM u IGNOREEXTRA', { action: { type: 'append', from: name('u'), ignoreExtra: true } }],
    [
      'ALTER TABLE t ALTER DISTSTYLE KEY DISTKEY a, ALTER SORTKEY (b)',
      {
        action: {
          type: 'attributes',
          attributes: { distStyle: 'key', distKey: 'a', sortKey: ['b'], sortStyle: 'compound' },
        },
      },
    ],
    ['TRUNCATE t', { kind: 'truncate', target: { name: 't' } }],
    ['BEGIN READ ONLY', { kind: 'begin', spelling: 'BEGIN' }],
    ['START TRANSACTION', { kind: 'begin', spelling: 'START TRANSACTION' }],
    ['END', { kind: 'commit', spelling: 'END' }],
    ['ABORT', { kind: 'rollback', spelling: 'ABORT' }],
    [
      'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE',
      { kind: 'set', name: 'transaction_isolation', value: 'serializable', local: true },
    ],
    [
      'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY',
      { name: 'default_transaction_read_only', value: 'on', local: false },
    ],
    [
      `SET search_path TO "$user", Public, 'My Schema'`,
      { kind: 'set', name: 'search_path', value: '"$user", public, "My Schema"' },
    ],
    ['SET LOCAL a.B = -5', { name: 'a.b', value: '-5', local: true }],
    ['SET datestyle TO ISO, MDY', { value: 'iso, mdy' }],
    ['SET timezone TO DEFAULT', { name: 'timezone', value: undefined }],
    ["SET TIME ZONE INTERVAL '-8 hours'", { name: 'timezone', value: '-8 hours' }],
    ["SET SESSION AUTHORIZATION 'awsuser'", { kind: 'set', name: 'session_authorization', value: undefined }],
    ['RESET ALL', { kind: 'reset', name: 'all' }],
    ['SHOW Search_Path', { kind: 'show', name: 'search_path' }],
    [
      "SHOW TABLES FROM SCHEMA Dev.S LIKE 'a%' LIMIT 3",
      { kind: 'show_objects', what: 'tables', scope: ['dev', 's'], like: 'a%', limit: 3 },
    ],
    ['EXPLAIN VERBOSE DELETE FROM t', { kind: 'explain', verbose: true, statement: { kind: 'delete' } }],
    ["COMMENT ON COLUMN s.t.C IS 'x'", { kind: 'comment', objectType: 'column', name: ['s', 't', 'c'], text: 'x' }],
    [
      'PREPARE P (int) AS SELECT $1',
      { kind: 'prepare', name: 'p', parameterTypes: [{ id: 'int4' }], text: 'SELECT $1', offset: 19 },
    ],
    [
      "EXECUTE p (1, 'two')",
      { kind: 'execute', arguments: [{ duckdb: 'constant(1)' }, { duckdb: "constant('two')", literal: 'two' }] },
    ],
    ['DEALLOCATE ALL', { kind: 'deallocate', name: 'all', written: 'all' }],
    ['DEALLOCATE "_PLAN1"', { kind: 'deallocate', name: '_plan1', written: '_PLAN1' }],
    [
      'DECLARE c CURSOR FOR SELECT 1',
      { kind: 'declare', name: 'c', hold: false, query: { duckdb: 'compiled(SELECT 1)' } },
    ],
    ['FETCH FORWARD ALL FROM c', { kind: 'fetch', count: 'all' }],
    ['CLOSE c', { kind: 'close', name: 'c' }],
    ['ANALYZE', { kind: 'analyze', tables: [] }],
    ['VACUUM FULL s.t', { kind: 'vacuum', tables: [{ schema: 's', name: 't' }] }],
    ['LOCK a, b', { kind: 'lock', tables: [name('a'), name('b')] }],
  ];
  it.each(table)('%s', (sql, plan) => {
    expect(planOf(sql)).toMatchObject(plan);
  });
});

describe('statements that are understood and not run', () => {
  const table: readonly (readonly [sql: string, kind: string, feature: string])[] = [
    ["COPY t FROM 's3://b' IAM_ROLE default CSV", 'copy', 'COPY'],
    ["UNLOAD ('select 1') TO 's3://b' IAM_ROLE default", 'unload', 'UNLOAD'],
    ['GRANT SELECT ON t TO u', 'grant', 'GRANT'],
    ['REVOKE SELECT ON t FROM u', 'revoke', 'REVOKE'],
    ['CALL p(1)', 'call', 'CALL'],
    ['CREATE PROCEDURE p() AS $$ $$ LANGUAGE plpgsql', 'create_procedure', 'CREATE PROCEDURE'],
    ['CREATE DATASHARE s', 'create_datashare', 'CREATE DATASHARE'],
    ['ATTACH RLS POLICY p ON t TO u', 'attach_rls_policy', 'ATTACH RLS POLICY'],
    ['DROP FUNCTION f(int)', 'drop_function', 'DROP FUNCTION'],
    ['DROP ROLE r', 'drop_role', 'DROP ROLE'],
    [
      "CREATE EXTERNAL SCHEMA p FROM POSTGRES DATABASE 'd' URI 'h' PORT 5432 SECRET_ARN 's'",
      'create_external_schema',
      'CREATE EXTERNAL SCHEMA FROM POSTGRES',
    ],
    ['CREATE DATABASE d', 'create_database', 'CREATE DATABASE'],
    ['USE d', 'use', 'USE'],
    ['SHOW GRANTS FOR u', 'show_grants', 'SHOW GRANTS'],
    ['ALTER TABLE t ROW LEVEL SECURITY ON', 'alter_table', 'ALTER TABLE … ROW LEVEL SECURITY'],
    ['ALTER TABLE t DROP COLUMN a, DROP COLUMN b', 'alter_table', 'ALTER TABLE with several actions'],
    [
      "CREATE EXTERNAL TABLE s.t (a int) STORED AS PARQUET LOCATION 's3://b'",
      'create_external_table',
      'CREATE EXTERNAL TABLE',
    ],
    ['CANCEL 5', 'cancel', 'CANCEL'],
    ['SET SESSION AUTHORIZATION joe', 'set', 'SET SESSION AUTHORIZATION'],
    ['SET session_authorization TO joe', 'set', 'SET SESSION AUTHORIZATION'],
    ['EXPLAIN EXECUTE p', 'explain', 'EXPLAIN EXECUTE'],
  ];
  it.each(table)('%s', (sql, kind, feature) => {
    expect(planOf(`SELECT 1;\n${sql}`)).toMatchObject({ kind, feature, unsupported: true });
  });

  it('point at the part that is refused, and say what works instead', () => {
    const clauses: readonly (readonly [sql: string, part: string])[] = [
      ["CREATE USER u PASSWORD 'Secret123' IN GROUP g VALID UNTIL 'infinity'", 'IN GROUP g'],
      ['ALTER USER u SESSION TIMEOUT 600', 'SESSION TIMEOUT'],
      ["ALTER USER u EXTERNALID 'x'", 'EXTERNALID'],
      ['ALTER USER u SET timezone TO UTC', 'SET timezone'],
      ['ALTER USER u RESET timezone', 'RESET timezone'],
      ['ALTER TABLE t SET SCHEMA s', 'SET SCHEMA'],
      ['ALTER TABLE t ALTER COLUMN a SET NOT NULL', 'ALTER COLUMN'],
      ['ALTER TABLE t ADD COLUMN a int, ADD COLUMN b int', 'ADD COLUMN b'],
      ['EXPLAIN EXECUTE p', 'EXECUTE p'],
      ['SET SESSION AUTHORIZATION joe', 'SET'],
      ["CREATE EXTERNAL SCHEMA k FROM KAFKA URI 'x'", 'CREATE'],
      ["CREATE EXTERNAL SCHEMA k FROM KINESIS URI 'x'", 'CREATE'],
    ];
    for (const [sql, part] of clauses) {
      expect(planOf(sql), sql).toMatchObject({
        unsupported: true,
        position: sql.indexOf(part) + 1,
        hint: expect.stringMatching(/\.$/),
      });
    }
    const errors: readonly (readonly [sql: string, part: string])[] = [
      ['ALTER TABLE t ADD COLUMN a int IDENTITY(1, 1)', 'a int'],
      ['ALTER TABLE t ADD COLUMN a int NOT NULL', 'a int'],
      ['ALTER TABLE t ADD COLUMN a int DEFAULT NULL NOT NULL', 'a int'],
      ['ALTER TABLE t ALTER COLUMN a TYPE bigint', 'bigint'],
      ['ALTER TABLE t ADD COLUMN a int PRIMARY KEY', 'a int'],
    ];
    for (const [sql, part] of errors) {
      expect(() => planOf(sql), sql).toThrow(
        expect.objectContaining({
          code: '0A000',
          position: sql.indexOf(part) + 1,
          hint: expect.stringMatching(/\.$/),
        }),
      );
    }
  });

  it('carry what was parsed, as plain data and without secrets', () => {
    const plan = planOf(
      "COPY S.t (a) FROM 's3://b' ACCESS_KEY_ID 'topsecret' SECRET_ACCESS_KEY 'topsecret' FORMAT AS CSV IGNOREHEADER 1",
    );
    expect(plan).toMatchObject({
      position: 1,
      details: { target: 'S.t', columns: ['a'], from: 's3://b', options: { format: 'csv', ignoreheader: '1' } },
    });
    expect(JSON.stringify(plan)).not.toContain('topsecret');
    for (const clause of ['', ' IN GROUP g'])
      expect(JSON.stringify(planOf(`CREATE USER u PASSWORD 'topsecret'${clause}`))).not.toContain('topsecret');
  });

  it('are the only ones besides the plans that run', () => {
    for (const { family, sql } of fixtureStatements()) {
      if (['table', 'view', 'external', 'routine', 'cursor'].includes(family)) continue;
      const plan = planOf(sql);
      expect(typeof plan.kind).toBe('string');
      if (isUnsupported(plan)) expect(plan.feature).toMatch(/^[A-Z]/);
    }
  });
});
