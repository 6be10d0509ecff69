import { describe, expect, it } from 'vitest';
import { describeErrors, lines, useDatabase } from '../tables.js';

const database = useDatabase({
  t: { columns: 'id int, v varchar(5), c char(3), n numeric(5,2), at timestamp, s super, k int default' },
  src: { columns: 'id int, v varchar(20), n float', rows: ["1, 'one', 1.235", "2, 'two', 2.5", "2, 'zwei', 3.5"] },
  strict: { columns: 'id int not null, w int' },
  ident: { columns: 'id int identity, v varchar(3)' },
  target: { columns: 'id int, v varchar(5)' },
});

describe('INSERT', () => {
  const rows = async () => lines(await database.query('SELECT id, v, c, n, at, s, k FROM t ORDER BY id'));

  it('brings values to the columns types', async () => {
    await database.change('DELETE FROM t');
    const count = await database.change(
      "INSERT INTO t VALUES (1, 'abc', 'ab   ', 1.235, '2020-01-02', '[1]', 1), ('2', 5, 'x', '7', NULL, json_parse('[1]'), DEFAULT)",
    );
    expect(count).toBe(2);
    expect(await rows()).toEqual(['1|abc|ab |1.24|2020-01-02 00:00:00|"[1]"|1', '2|5|x  |7.00|NULL|[1]|7']);
  });

  it('fills columns that are not listed, or left out at the end', async () => {
    await database.change('DELETE FROM t');
    await database.change("INSERT INTO t (v, id) VALUES ('x', 1)");
    await database.change("INSERT INTO t SELECT 2, 'y'");
    await database.change('INSERT INTO t (id) SELECT max(id) + 1 FROM t');
    expect(lines(await database.query('SELECT id, v, k FROM t ORDER BY id'))).toEqual(['1|x|7', '2|y|7', '3|NULL|7']);
  });

  it('cuts blanks only', async () => {
    await database.change('DELETE FROM t');
    await database.change("INSERT INTO t (v, c) VALUES ('abcde   ', 'abc     ')");
    expect(lines(await database.query('SELECT v, length(v), c FROM t'))).toEqual(['abcde|5|abc']);
    for (const sql of [
      "INSERT INTO t (v) VALUES ('abcdef')",
      "INSERT INTO t (c) VALUES ('abcd')",
      "INSERT INTO t (v) SELECT v || 'abcdef' FROM src",
      "INSERT INTO t (v) VALUES ('日本')",
      "UPDATE t SET v = 'abcdef'",
    ]) {
      await expect(database.change(sql), sql).rejects.toMatchObject({
        code: '22001',
        message: 'Value too long for character type',
      });
    }
    await expect(database.change('INSERT INTO t (n) VALUES (12345.6)')).rejects.toMatchObject({ code: '22003' });
  });

  it('keeps NOT NULL, and sets defaults', async () => {
    await expect(database.change('INSERT INTO strict (w) VALUES (1)')).rejects.toMatchObject({ code: '23502' });
    expect(await database.change('INSERT INTO t DEFAULT VALUES')).toBe(1);
  });

  it('takes WITH and set operations', async () => {
    await database.change('DELETE FROM t');
    await database.change(
      'WITH q AS (SELECT 9 AS a) INSERT INTO t (id) SELECT a FROM q UNION ALL SELECT 10 ORDER BY 1',
    );
    expect(lines(await database.query('SELECT id FROM t ORDER BY 1'))).toEqual(['9', '10']);
  });
});

describe('UPDATE and DELETE', () => {
  it('change the rows that other tables pick', async () => {
    await database.change('DELETE FROM t');
    await database.change("INSERT INTO t (id, v, n) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
    expect(
      await database.change(
        "UPDATE t SET v = src.v, n = src.n, k = DEFAULT FROM src WHERE t.id = src.id AND src.v = 'one'",
      ),
    ).toBe(1);
    expect(await database.change('UPDATE t AS x SET n = x.n * 2 WHERE x.id = 3')).toBe(1);
    expect(lines(await database.query('SELECT id, v, n FROM t ORDER BY 1'))).toEqual([
      '1|one|1.24',
      '2|b|2.00',
      '3|c|6.00',
    ]);
    expect(await database.change('DELETE FROM t USING src WHERE t.id = src.id AND src.n > 3')).toBe(1);
    expect(await database.change('DELETE t WHERE id IN (SELECT id FROM src)')).toBe(1);
    expect(await database.change("DELETE FROM t AS x WHERE x.v = 'c  '")).toBe(1);
    expect(lines(await database.query('SELECT count(*) FROM t'))).toEqual(['0']);
  });
});

describe('MERGE', () => {
  it('updates what matches and inserts the rest', async () => {
    await database.change('DELETE FROM target');
    await database.change("INSERT INTO target VALUES (1, 'old'), (5, 'keep')");
    const count = await database.change(
      "MERGE INTO target USING (SELECT * FROM src WHERE v <> 'zwei') AS s ON target.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)",
    );
    expect(count).toBe(2);
    expect(lines(await database.query('SELECT * FROM target ORDER BY id'))).toEqual(['1|one', '2|two', '5|keep']);
    await database.change(
      'MERGE INTO target AS x USING src ON x.id = src.id AND src.v = x.v WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (src.id + 10, src.v)',
    );
    expect(lines(await database.query('SELECT * FROM target ORDER BY id'))).toEqual(['5|keep', '12|zwei']);
  });

  it('refuses to change a row twice', async () => {
    await database.change('DELETE FROM target');
    await database.change("INSERT INTO target VALUES (2, 'x')");
    await expect(
      database.change(
        'MERGE INTO target USING src ON target.id = src.id WHEN MATCHED THEN UPDATE SET v = src.v WHEN NOT MATCHED THEN INSERT VALUES (src.id, src.v)',
      ),
    ).rejects.toMatchObject({ message: 'Found multiple matches to update the same tuple.' });
  });

  it('removes duplicates', async () => {
    await database.change('DELETE FROM target');
    await database.change("INSERT INTO target VALUES (1, 'a'), (1, 'b'), (9, 'z')");
    await database.change(
      "MERGE INTO target USING (SELECT 1 AS id, 'new' AS v UNION ALL SELECT 1, 'new') s ON target.id = s.id REMOVE DUPLICATES",
    );
    expect(lines(await database.query('SELECT * FROM target ORDER BY id'))).toEqual(['1|new', '9|z']);
  });
});

describeErrors('changes that are refused', database, [
  ['INSERT INTO nowhere VALUES (1)', '42P01', 13, 'relation "nowhere" does not exist'],
  ['INSERT INTO t (nope) VALUES (1)', '42703', 16, 'column "nope" of relation "t" does not exist'],
  ['INSERT INTO t (id, id) VALUES (1, 2)', '42701', 20],
  ['INSERT INTO t (id, v) VALUES (1)', '42601', 1, 'INSERT has more target columns than expressions'],
  ['INSERT INTO t (id) SELECT 1, 2', '42601', 1, 'INSERT has more expressions than target columns'],
  ['INSERT INTO t (id) VALUES (1), (1, 2)', '42601', 32],
  ["INSERT INTO t (id) VALUES ('x')", '22P02', 28],
  [
    'INSERT INTO t (at) VALUES (5)',
    '42804',
    28,
    'column "at" is of type timestamp without time zone but expression is of type integer',
  ],
  ['INSERT INTO t (at) SELECT id FROM src', '42804', 20],
  ['INSERT INTO t (s) VALUES (current_date)', '42804', 27],
  ["INSERT INTO ident VALUES (1, 'x')", '42601', 27, 'cannot set an identity column to a value'],
  ['UPDATE t SET nope = 1', '42703', 14],
  ['UPDATE t SET id = 1, id = 2', '42601', 22, 'multiple assignments to same column "id"'],
  ['UPDATE t SET id = true', '42804', 19],
  ['UPDATE t SET id = sum(id)', '42803', 19, 'aggregates not allowed in SET clause'],
  ['DELETE FROM t WHERE nope = 1', '42703', 21],
]);
