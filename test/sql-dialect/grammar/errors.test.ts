import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SqlError } from '../../../sql-dialect/errors.js';
import { parseStatements } from '../../../sql-dialect/parse.js';
import { fixtureStatements } from './fixture-statements.js';

function errorOf(sql: string): unknown {
  try {
    parseStatements(sql);
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Bad statements; `^` stands before the offending token and is taken out, at the end for end of input. */
const bad: readonly (readonly [family: string, statements: readonly string[]])[] = [
  [
    'the six shapes that other parsers let through',
    [
      'SELECT a LIKE ^*',
      'SELECT count(DISTINCT ^)',
      'SELECT * ^word FROM t',
      'SELECT DISTINCT ^FROM t',
      'SELECT f(^SELECT (1))',
      'SELECT t.* ^word',
    ],
  ],
  [
    'select',
    [
      '^SELEC 1',
      'SELECT ^',
      'SELECT ^;',
      'SELECT a, ^FROM t',
      'SELECT a b ^c FROM t',
      'SELECT 1 FROM ^',
      'SELECT 1 FROM t WHERE ^',
      'SELECT 1 FROM t WHERE ^WHERE a',
      'SELECT 1 FROM t GROUP ^a',
      'SELECT 1 FROM t GROUP BY a, ^HAVING true',
      'SELECT 1 FROM t ORDER BY ^',
      'SELECT 1 FROM t ORDER BY a NULLS ^MIDDLE',
      'SELECT 1 LIMIT 1 ^UNION SELECT 2',
      'SELECT 1 UNION ^',
      'SELECT 1 UNION ALL ^DISTINCT SELECT 2',
      'SELECT (1^',
      'SELECT (SELECT 1, 2^',
      'SELECT ^) FROM t',
      'SELECT a AS ^1 FROM t',
      "SELECT a AS ^'x' FROM t",
      'SELECT 1 FROM t FETCH ^FIRST 1 ROWS ONLY',
      'WITH ^SELECT 1',
      'WITH x AS ^SELECT 1',
      'WITH x AS (^INSERT INTO t VALUES (1)) SELECT 1',
      'SELECT 1 FROM t WINDOW w ^(ORDER BY a)',
      'SELECT TOP 5 ^FROM t',
      '^FROM t SELECT 1',
      '(SELECT 1^',
      'VALUES (^)',
    ],
  ],
  [
    'from',
    [
      'SELECT * FROM a JOIN b^',
      'SELECT * FROM a JOIN b ^WHERE true',
      'SELECT * FROM a CROSS JOIN b ^ON true',
      'SELECT * FROM a NATURAL JOIN b ^USING (c)',
      'SELECT * FROM a LEFT ^b ON true',
      'SELECT * FROM a NATURAL ^CROSS JOIN b',
      'SELECT * FROM a, ^WHERE true',
      'SELECT * FROM (a b ^c)',
      'SELECT * FROM ^1',
      "SELECT * FROM ^'t'",
      'SELECT * FROM a AS ^',
      'SELECT * FROM t AS a (b, ^)',
      'SELECT * FROM f() AS a (b int, c^)',
      'SELECT * FROM a AS b (c ^int)',
      'SELECT * FROM a ^USING (b)',
      'SELECT * FROM t PIVOT (count(*) IN (1)^)',
      'SELECT * FROM t UNPIVOT (a FOR b IN (^))',
      'SELECT * FROM t, t.items AS i AT ^0',
    ],
  ],
  [
    'expressions',
    [
      'SELECT 1 +^',
      'SELECT 1 + ^* 2',
      'SELECT a < b ^< c',
      'SELECT a = b ^= c',
      'SELECT a LIKE b ^LIKE c',
      'SELECT a BETWEEN 1 ^OR 2',
      'SELECT a BETWEEN 1 AND 2 ^BETWEEN 3 AND 4',
      'SELECT a IN ^1',
      'SELECT a IN (^)',
      'SELECT a IS ^5',
      'SELECT a, NOT ^',
      'SELECT CASE ^END',
      'SELECT CASE WHEN a ^END',
      'SELECT CASE WHEN a THEN b ELSE c^',
      'SELECT CAST(a ^, int)',
      'SELECT CAST(a AS ^)',
      'SELECT a::^',
      'SELECT a::^5',
      'SELECT varchar^(10',
      'SELECT f(a,^)',
      'SELECT f(a ^b)',
      "SELECT 'a' ^'b'",
      "SELECT 'a'^[1]",
      'SELECT a.^',
      'SELECT a[^]',
      'SELECT ^[1, 2]',
      'SELECT extract(epoch ^, a)',
      'SELECT extract(^select FROM a)',
      'SELECT trim(both ^)',
      'SELECT position(a ^, b)',
      'SELECT count(* ^, 1)',
      'SELECT sum(a) OVER ^1',
      'SELECT sum(a) OVER (ORDER ^a)',
      'SELECT sum(a) OVER (ROWS current^)',
      'SELECT listagg(a) WITHIN GROUP (^)',
      'SELECT sum(a) FILTER (^a > 1)',
      "SELECT INTERVAL '1' MONTH TO ^DAY",
      'SELECT ^EXISTS (1)',
      'SELECT user ^user',
      'SELECT a ^:= 1',
      'SELECT a ^:b',
      'SELECT ^DEFAULT',
    ],
  ],
  [
    'dml',
    [
      'INSERT ^t VALUES (1)',
      'INSERT INTO t (a^',
      'INSERT INTO t ^DEFAULT',
      'INSERT INTO t VALUES ^1',
      'INSERT INTO t (a^.b) VALUES (1)',
      'UPDATE t ^WHERE true',
      'UPDATE t SET ^',
      'UPDATE t SET a ^WHERE b',
      'UPDATE t SET a^.b = 1',
      'UPDATE t SET ^(a, b) = (1, 2)',
      'DELETE FROM t a ^b',
      'DELETE FROM t WHERE^',
      'DELETE FROM t USING ^WHERE true',
      'MERGE INTO t USING s ON true^',
      'MERGE INTO t USING s ON true WHEN MATCHED THEN ^INSERT VALUES (1)',
      'MERGE INTO t USING s ON true WHEN NOT MATCHED THEN ^DELETE',
      'MERGE ^t USING s ON true REMOVE DUPLICATES',
      'TRUNCATE ^',
    ],
  ],
  [
    'definitions',
    [
      'CREATE ^',
      'CREATE TABLE t^',
      'CREATE TABLE t (^)',
      'CREATE TABLE t (a, b ^c)',
      'CREATE TABLE t (a int,^)',
      'CREATE TABLE t (a int) DISTSTYLE ^SOME',
      'CREATE TABLE t (a int) SORTKEY (a) ^SORTKEY (b)',
      'CREATE TABLE t (a int) ^AS SELECT 1',
      'CREATE TABLE t AS (^1)',
      'CREATE LOCAL ^TABLE t (a int)',
      'CREATE OR REPLACE ^TABLE t (a int)',
      'CREATE VIEW v ^SELECT 1',
      'CREATE VIEW v AS SELECT 1 WITH NO ^BINDING',
      'CREATE OR REPLACE ^MATERIALIZED VIEW v AS SELECT 1',
      'CREATE MATERIALIZED VIEW v AUTO REFRESH YES ^SORTKEY (a) AS SELECT 1',
      'CREATE MATERIALIZED VIEW if ^NOT EXISTS v AS SELECT 1',
      'CREATE MATERIALIZED VIEW v AUTO REFRESH ^ON AS SELECT 1',
      'REFRESH ^VIEW v',
      'ALTER MATERIALIZED VIEW v ^RENAME TO w',
      'CREATE EXTERNAL SCHEMA s FROM ^S3',
      'CREATE EXTERNAL SCHEMA s FROM KINESIS IAM_ROLE ^arn',
      'CREATE EXTERNAL SCHEMA s FROM KINESIS IAM_ROLE default ^IAM_ROLE default',
      'CREATE SCHEMA ^',
      'ALTER TABLE t ^',
      'ALTER TABLE t ADD COLUMN if ^NOT EXISTS a int',
      'ALTER TABLE t ALTER COLUMN a TYPE ^',
      'DROP ^INDEX i',
      'DROP TABLE ^',
      'DROP TABLE a ^b',
      'DROP MATERIALIZED ^v',
    ],
  ],
  [
    'sessions',
    [
      'SET ^',
      'SET a ^5',
      'SET a TO ^',
      'SET a = 1,^',
      'SHOW ^',
      'SHOW TABLES ^SCHEMA s',
      'BEGIN ^5',
      'BEGIN ISOLATION LEVEL ^LOW',
      'COMMIT ^now',
      'START ^WORK',
      'PREPARE p AS ^COMMIT',
      'EXECUTE p (^)',
      'DECLARE c CURSOR ^SELECT 1',
      'FETCH FORWARD FROM ^',
      'EXPLAIN ^COMMIT',
      'LOCK t IN ^SOME MODE',
      'VACUUM t TO 5^',
    ],
  ],
  [
    'the rest',
    [
      "COPY t ^'s3://b' IAM_ROLE default",
      "COPY t FROM 's3://b' IAM_ROLE default ^FLY",
      "UNLOAD ('select 1') ^IAM_ROLE default",
      "UNLOAD ^'select 1' TO 's3://b'",
      'GRANT SELECT ^t TO u',
      'GRANT SELECT ON t ^',
      'REVOKE SELECT ON t ^TO u',
      'GRANT ROLE r, ^SELECT TO u',
      "CREATE USER u ^'x'",
      'CREATE FUNCTION f() RETURNS int STABLE AS $$ $$^',
      'CALL p^',
      'CALL p(1,^)',
      'DESC ^TABLE t',
    ],
  ],
];

describe.each(bad)('%s', (_family, statements) => {
  it.each(statements)('%s', (marked) => {
    const offset = marked.indexOf('^');
    expect(offset).toBeGreaterThanOrEqual(0);
    const sql = marked.slice(0, offset) + marked.slice(offset + 1);
    const rest = sql.slice(offset).trimStart();
    const position = sql.length - rest.length + 1;
    const error = errorOf(sql);
    expect(error).toBeInstanceOf(SqlError);
    expect(error).toMatchObject({ code: '42601', position });
    expect(error).toHaveProperty('message', expect.stringMatching(rest === '' ? /end of input/ : /at or near "/));
  });
});

describe('positions', () => {
  it('count characters of the whole text, not UTF-16 units and not from the statement', () => {
    expect(errorOf("SELECT '😀é';\nSELECT FROM t")).toMatchObject({
      position: 21,
      message: 'syntax error at or near "FROM"',
    });
  });
  it('name the token as it was written', () => {
    expect(errorOf('SELECT 1 "A" "B c"')).toMatchObject({ message: 'syntax error at or near ""B c""', position: 14 });
    expect(errorOf("SELECT 1 FROM 'it''s'")).toMatchObject({ message: "syntax error at or near \"'it''s'\"" });
  });
  it('of a frame that cannot be are 42P20', () => {
    expect(errorOf('SELECT sum(a) OVER (ROWS UNBOUNDED FOLLOWING)')).toMatchObject({ code: '42P20', position: 26 });
  });
});

describe('any soup of tokens', () => {
  const words = fixtureStatements()
    .flatMap(({ sql }) => sql.split(/\s+/))
    .filter((word) => word.length < 20);
  it('is parsed or refused with 42601, 42P20 or 54001 at a position inside the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 25 }), (parts) => {
        const sql = parts.join(' ');
        const error = errorOf(sql);
        if (error === undefined) return;
        if (!(error instanceof SqlError)) throw error;
        expect(['42601', '42P20', '54001']).toContain(error.code);
        expect(error.position).toBeGreaterThanOrEqual(1);
        expect(error.position).toBeLessThanOrEqual(Array.from(sql).length + 1);
      }),
      { numRuns: 3000 },
    );
  });
});
