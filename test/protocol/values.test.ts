import { expect, test } from 'vitest';
import {
  cells,
  client,
  fields,
  letters,
  type RawClient,
  rowDescription,
  type ServerMessage,
} from '../wire/raw-client.js';
import { exchange, wholeServer } from './whole-server.js';

/** Every type, as text and in binary, to the server and back; and the types that the server finds for parameters. */

const server = wholeServer();

interface Line {
  /** As in a cast or a column definition. */
  readonly type: string;
  readonly oid: number;
  readonly size: number;
  readonly modifier: number;
  /** Text that goes in, text that comes out, bytes in binary (PostgreSQL 15's for the types it has). */
  readonly values: readonly (readonly [given: string, shown: string, hex: string])[];
  /** Not for columns of tables. */
  readonly castOnly?: boolean;
}

const line = (
  type: string,
  oid: number,
  size: number,
  modifier: number,
  values: Line['values'],
  castOnly = false,
): Line => ({ type, oid, size, modifier, values, castOnly });

const lines: readonly Line[] = [
  line('boolean', 16, 1, -1, [
    ['true', 't', '01'],
    ['no', 'f', '00'],
  ]),
  line('smallint', 21, 2, -1, [
    ['-32768', '-32768', '8000'],
    [' 7 ', '7', '0007'],
  ]),
  line('integer', 23, 4, -1, [
    ['2147483647', '2147483647', '7fffffff'],
    ['-1', '-1', 'ffffffff'],
  ]),
  line('bigint', 20, 8, -1, [['-9223372036854775808', '-9223372036854775808', '8000000000000000']]),
  line('numeric(10,3)', 1700, -1, ((10 << 16) | 3) + 4, [
    ['12345.678', '12345.678', '0003000100000003000109291a7c'],
    ['-0.5', '-0.500', '0001ffff400000031388'],
    ['0', '0.000', '0000000000000003'],
  ]),
  line('numeric(38,0)', 1700, -1, (38 << 16) + 4, [
    [
      '99999999999999999999999999999999999999',
      '99999999999999999999999999999999999999',
      '000a0009000000000063270f270f270f270f270f270f270f270f270f',
    ],
  ]),
  line('numeric(38,37)', 1700, -1, ((38 << 16) | 37) + 4, [
    [
      '1.0000000000000000000000000000000000001',
      '1.0000000000000000000000000000000000001',
      '000b000000000025000100000000000000000000000000000000000003e8',
    ],
  ]),
  line('real', 700, 4, -1, [
    ['1.5', '1.5', '3fc00000'],
    ['-Infinity', '-Infinity', 'ff800000'],
  ]),
  line('double precision', 701, 8, -1, [
    ['-0.1', '-0.1', 'bfb999999999999a'],
    ['1e300', '1e+300', '7e37e43c8800759c'],
    ['NaN', 'NaN', '7ff8000000000000'],
    ['Infinity', 'Infinity', '7ff0000000000000'],
  ]),
  line('char(5)', 1042, -1, 9, [['ab', 'ab   ', '6162202020']]),
  line('varchar(20)', 1043, -1, 24, [
    ['ünï€\u{1f986}', 'ünï€\u{1f986}', 'c3bc6ec3afe282acf09fa686'],
    ['', '', ''],
  ]),
  line('varchar(max)', 1043, -1, 65_539, [["it's", "it's", '69742773']]),
  line('date', 1082, 4, -1, [
    ['2024-02-29', '2024-02-29', '00002279'],
    ['1999-12-31', '1999-12-31', 'ffffffff'],
  ]),
  line('time', 1083, 8, -1, [['23:59:59.999999', '23:59:59.999999', '000000141dd75fff']]),
  line('timetz', 1266, 12, -1, [['01:02:03+05:30', '01:02:03+05:30', '00000000dde878c0ffffb2a8']]),
  line('timestamp', 1114, 8, -1, [['1970-01-01 00:00:00.000001', '1970-01-01 00:00:00.000001', 'fffca2fec4c82001']]),
  line('timestamptz', 1184, 8, -1, [['2024-03-10 12:00:00.5+02', '2024-03-10 10:00:00.5+00', '0002b64a41c22920']]),
  line(
    'interval',
    1186,
    12,
    -1,
    [['1 year 2 mons 3 days 04:05:06.7', '1 year 2 mons 3 days 04:05:06.7', '000000036c966ee0000000030000000e']],
    true,
  ),
  line('interval year to month', 1188, 4, -1, [['1 year 2 months', '1 years 2 mons', '0000000e']]),
  line('interval day to second', 1190, 8, -1, [
    ['1 day 02:03:04.5', '1 days 2 hours 3 mins 4.5 secs', '00000015d5fde720'],
  ]),
  line('varbyte(16)', 6551, -1, 20, [
    // Text without a type is its characters; what comes back is hexadecimal digits.
    ['abc', '616263', '616263'],
    ['', '', ''],
  ]),
  line('oid', 26, 4, -1, [['4294967295', '4294967295', 'ffffffff']], true),
  line('name', 19, 128, -1, [['abc', 'abc', '616263']], true),
  line(
    'int[]',
    1007,
    -1,
    -1,
    [['{1,NULL,3}', '{1,NULL,3}', '00000001000000010000001700000003000000010000000400000001ffffffff0000000400000003']],
    true,
  ),
];

const every = lines.flatMap((each) => each.values.map((value) => [`${each.type} ${value[0]}`, each, value] as const));

const cell = (messages: readonly ServerMessage[]): Buffer | null | undefined => {
  const row = messages.find(({ type }) => type === 'D');
  return row && cells(row)[0];
};

async function cast(raw: RawClient, each: Line, oid: number, bind: Parameters<typeof client.bind>[0]) {
  return exchange(
    raw,
    client.parse(`SELECT $1::${each.type} AS v`, { oids: oid === 0 ? [] : [oid] }),
    client.describeStatement(),
    client.bind(bind),
    client.execute(),
  );
}

test.each(every)('cast: %s', async (_name, each, [given, shown, hex]) => {
  const { raw } = await server.raw();
  const text = await cast(raw, each, 0, { parameters: [given] });
  expect(text[2]?.type).toBe('T');
  expect(rowDescription(text[2])[0]).toMatchObject({ oid: each.oid, size: each.size, modifier: each.modifier });
  expect(cell(text)?.toString()).toBe(shown);
  const binary = await cast(raw, each, 0, { parameters: [given], resultFormats: [1] });
  expect(cell(binary)?.toString('hex')).toBe(hex);
  // Back in as bytes: once with the type that the server found, once with it declared.
  const bytes = Buffer.from(hex, 'hex');
  for (const oid of [0, each.oid]) {
    const back = await cast(raw, each, oid, { parameters: [bytes], formats: [1] });
    expect(cell(back)?.toString(), `declared ${oid}`).toBe(shown);
  }
  for (const resultFormats of [[0], [1]])
    expect(cell(await cast(raw, each, 0, { parameters: [null], resultFormats }))).toBeNull();
});

test.each(every.filter(([, { castOnly }]) => castOnly !== true))(
  'stored: %s',
  async (_name, each, [given, shown, hex]) => {
    const { raw } = await server.raw();
    await raw.query(`CREATE TEMP TABLE stored (n int, v ${each.type})`);
    const insert = [client.parse('INSERT INTO stored VALUES ($1, $2)'), client.describeStatement()];
    const described = await exchange(raw, ...insert);
    expect(described.find(({ type }) => type === 't')?.body.toString('hex')).toBe(
      `0002${(23).toString(16).padStart(8, '0')}${each.oid.toString(16).padStart(8, '0')}`,
    );
    const asText = await exchange(raw, ...insert, client.bind({ parameters: ['1', given] }), client.execute());
    const binary = { parameters: [Buffer.from([0, 0, 0, 2]), Buffer.from(hex, 'hex')], formats: [1] };
    const asBytes = await exchange(raw, ...insert, client.bind(binary), client.execute());
    expect([letters(asText), letters(asBytes)]).toEqual(['1tn2CZ', '1tn2CZ']);
    const select = client.parse('SELECT v FROM stored ORDER BY n');
    const texts = await exchange(raw, select, client.bind(), client.execute());
    expect(texts.filter(({ type }) => type === 'D').map((row) => cells(row)[0]?.toString())).toEqual([shown, shown]);
    const bytes = await exchange(
      raw,
      select,
      client.bind({ resultFormats: [1] }),
      client.describePortal(),
      client.execute(),
    );
    expect(rowDescription(bytes.find(({ type }) => type === 'T'))[0]).toMatchObject({
      oid: each.oid,
      size: each.size,
      modifier: each.modifier,
      format: 1,
    });
    expect(bytes.filter(({ type }) => type === 'D').map((row) => cells(row)[0]?.toString('hex'))).toEqual([hex, hex]);
  },
);

test('arrays of text, quoted or not', async () => {
  const { raw } = await server.raw();
  const shown = async (given: string) =>
    cell(
      await exchange(raw, client.parse('SELECT $1::varchar[]'), client.bind({ parameters: [given] }), client.execute()),
    )?.toString();
  expect(await shown('{a,"b c",NULL,"NULL","q\\"\\\\","it\'s"}')).toBe('{a,"b c",NULL,"NULL","q\\"\\\\",it\'s}');
  expect(await shown('{}')).toBe('{}');
  expect(await shown('[a]')).toBeUndefined();
});

/** Parameter types that the server finds when the client sends none. */
const inferred: readonly (readonly [sql: string, oids: readonly number[]])[] = [
  ['SELECT $1', [1043]],
  ['SELECT $1 + 1', [23]],
  ['SELECT $1::date', [1082]],
  ['SELECT * FROM known WHERE i = $1 AND v = $2 AND d > $3 AND n < $4 AND b = $5', [23, 1043, 1082, 1700, 16]],
  ['SELECT * FROM known WHERE i IN ($1, $2) OR i BETWEEN $3 AND $4', [23, 23, 23, 23]],
  ['SELECT * FROM known WHERE ts > $1 AND tz > $2', [1114, 1184]],
  ['SELECT * FROM known WHERE v LIKE $1 LIMIT $2 OFFSET $3', [1043, 20, 20]],
  ['INSERT INTO known (v, d, s, vb) VALUES ($1, $2, $3, $4)', [1043, 1082, 4000, 6551]],
  ['UPDATE known SET n = $1 WHERE i = $2', [1700, 23]],
  ['DELETE FROM known WHERE b = $1', [16]],
  ["SELECT coalesce($1, 1), CASE WHEN $2 THEN $3 ELSE 'x' END", [23, 16, 1043]],
  ['SELECT upper($1), substring($2, $3, $4), dateadd(day, $5, getdate())', [1043, 1043, 20, 20, 20]],
  ['SELECT i FROM known WHERE i = ANY($1) OR v = ANY($2)', [1007, 1009]],
  ['WITH w AS (SELECT $1::int AS a) SELECT a FROM w WHERE a > $2', [23, 23]],
  ['SELECT $2::int, $1 || $2', [1043, 23]],
];

test.each(inferred)('types of parameters: %s', async (sql, oids) => {
  const { raw } = await server.raw();
  await raw.query(
    'CREATE TEMP TABLE known (i int, v varchar(20), d date, n numeric(10,2), b bool, ts timestamp, tz timestamptz, s super, vb varbyte(9))',
  );
  const [, described] = await exchange(raw, client.parse(sql), client.describeStatement());
  expect(described?.type).toBe('t');
  const body = described?.body ?? Buffer.alloc(2);
  expect(Array.from({ length: body.readUInt16BE(0) }, (_, n) => body.readUInt32BE(2 + 4 * n))).toEqual(oids);
});

test('ANY over an array: a parameter of any declared array of texts, in either format, or a text', async () => {
  const { raw } = await server.raw();
  await raw.query("CREATE TEMP TABLE items (i int, v varchar(5)); INSERT INTO items VALUES (1,'a'),(2,'b'),(3,'c')");
  const found = async (sql: string, bind: Parameters<typeof client.bind>[0], oid = 0) =>
    (await exchange(raw, client.parse(sql, { oids: [oid] }), client.bind(bind), client.execute()))
      .filter(({ type }) => type === 'D')
      .map((row) => cells(row)[0]?.toString());
  const byNumber = 'SELECT i FROM items WHERE i = ANY($1) ORDER BY i';
  expect(await found(byNumber, { parameters: ['{1,3}'] })).toEqual(['1', '3']);
  expect(await found(byNumber, { parameters: ['{}'] })).toEqual([]);
  const byText = 'SELECT i FROM items WHERE v = ANY($1) ORDER BY i';
  // One dimension, no NULLs, elements of type 1043, two of them from 1.
  const binary = Buffer.from('00000001000000000000041300000002000000010000000161000000' + '0162', 'hex');
  for (const oid of [0, 1009, 1015, 1002]) {
    expect(await found(byText, { parameters: ['{a,"b"}'] }, oid), `text ${oid}`).toEqual(['1', '2']);
    expect(await found(byText, { parameters: [binary], formats: [1] }, oid), `binary ${oid}`).toEqual(['1', '2']);
  }
  expect(letters(await raw.query("SELECT i FROM items WHERE v = ANY('{a,c}') AND i <> ALL('{1}')"))).toBe('TDCZ');
  expect(fields((await raw.query('SELECT 1 FROM items WHERE i = ANY(v)'))[0])).toMatchObject({ C: '42809' });
  const open = await exchange(raw, client.parse('SELECT $1 + $2'));
  expect(fields(open[0])).toMatchObject({ C: '42883' });
});

test('types that are names of objects have no binary form, which is said', async () => {
  const { raw } = await server.raw();
  const answer = await exchange(
    raw,
    client.parse("SELECT 'pg_class'::regclass"),
    client.bind({ resultFormats: [1] }),
    client.execute(),
  );
  expect(fields(answer[1])).toMatchObject({ C: '0A000', M: 'binary format of type regclass is not supported' });
  expect(letters(await raw.query("SELECT 'pg_class'::regclass"))).toBe('TDCZ');
});

test('SUPER: text both ways, in either format', async () => {
  const { raw } = await server.raw();
  for (const formats of [[0], [1]]) {
    const answer = await exchange(
      raw,
      client.parse('SELECT JSON_PARSE($1) AS s'),
      client.bind({ parameters: ['{"a": [1, "x", null]}'], formats, resultFormats: formats }),
      client.describePortal(),
      client.execute(),
    );
    expect(rowDescription(answer[2])[0]).toMatchObject({ oid: 4000, size: -1, modifier: -1 });
    expect(cell(answer)?.toString()).toBe('{"a":[1,"x",null]}');
  }
});

test('values that are none are errors of their type, and the session goes on', async () => {
  const { raw } = await server.raw();
  const wrong: readonly (readonly [string, string, string])[] = [
    ['int', 'x', '22P02'],
    ['smallint', '40000', '22003'],
    ['numeric(4,2)', '1000', '22003'],
    ['date', 'yesterday-ish', '22007'],
    ['boolean', 'perhaps', '22P02'],
    ['timestamp', '2024-13-01', '22008'],
    ['varbyte', 'x', ''],
  ];
  for (const [type, given, code] of wrong) {
    const answer = await exchange(
      raw,
      client.parse(`SELECT $1::${type}`),
      client.bind({ parameters: [given] }),
      client.execute(),
    );
    const error = answer.find(({ type: letter }) => letter === 'E');
    if (code !== '') expect(fields(error), type).toMatchObject({ C: code });
    expect(JSON.stringify(answer.map(({ body }) => body.toString())), type).not.toContain('internal error');
  }
  expect(letters(await raw.query('SELECT 1'))).toBe('TDCZ');
});
