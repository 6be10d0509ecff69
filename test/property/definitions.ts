import fc from 'fast-check';

/**
 * A definition of a materialized view whose FROM is left open: the same text over a stream, and over a view that holds
 * all its records.
 */
export interface Definition {
  readonly text: (relation: string) => string;
  /** For reports of what failed. */
  readonly [fc.toStringMethod]: () => string;
}

function definition(text: Definition['text']): Definition {
  return { text, [fc.toStringMethod]: () => text('r') };
}

const keys = ['a', 'b', 'c', 'A', ''];

/** Payloads: mostly objects of one shape, with fields that are missing or NULL, and now and then something else. */
export const payload: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record(
        {
          k: fc.oneof(fc.constantFrom(...keys), fc.constant(null)),
          n: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(null)),
          p: fc.integer({ min: -400, max: 400 }).map((cents) => cents / 4),
          items: fc.array(fc.record({ sku: fc.constantFrom('x', 'y'), qty: fc.integer({ min: 0, max: 4 }) }), {
            maxLength: 3,
          }),
        },
        { requiredKeys: ['p'] },
      )
      .map((value) => JSON.stringify(value)),
  },
  { weight: 1, arbitrary: fc.constantFrom('{}', '[]', '7', 'null', '"text"', '{broken', 'no json', '{"k":"a","n":1}') },
);

const json = 'JSON_PARSE(kinesis_data)';
const parsed = `CASE WHEN CAN_JSON_PARSE(kinesis_data) THEN ${json} END`;
const field = (name: string, type: string): string => `(${parsed}).${name}::${type}`;

const texts = [
  field('k', 'varchar(10)'),
  'partition_key',
  'shard_id',
  `upper(${field('k', 'varchar(10)')})`,
  `coalesce(${field('k', 'varchar(10)')}, 'none')`,
  `CASE WHEN ${field('n', 'int')} > 0 THEN 'more' WHEN ${field('n', 'int')} < 0 THEN 'less' END`,
];
const integers = [
  field('n', 'int'),
  'length(kinesis_data)',
  `${field('n', 'int')} % 2`,
  `coalesce(${field('n', 'int')}, 100)`,
  `${field('n', 'int')} * 1000000000::bigint`,
];
const others = [
  field('p', 'decimal(10,2)'),
  `${field('p', 'decimal(10,2)')} * 2`,
  field('p', 'float8'),
  'approximate_arrival_timestamp',
  `date_trunc('minute', approximate_arrival_timestamp)`,
  'sequence_number',
  `${field('n', 'int')} IS NULL`,
];
const scalars = [...texts, ...integers, ...others];
const conditions = [
  'CAN_JSON_PARSE(kinesis_data)',
  `${field('n', 'int')} > 0`,
  `${field('k', 'varchar(10)')} = 'a'`,
  `${field('k', 'varchar(10)')} IS NULL`,
  `${field('p', 'decimal(10,2)')} BETWEEN -10 AND 50`,
  `partition_key LIKE 'k%'`,
  `NOT ${field('n', 'int')} IN (1, 2)`,
];

const where = fc
  .array(fc.constantFrom(...conditions), { maxLength: 2 })
  .map((list) => (list.length === 0 ? '' : ` WHERE ${list.join(' AND ')}`));

/** SELECT with filters. */
const plain: fc.Arbitrary<Definition> = fc
  .record({ items: fc.array(fc.constantFrom(...scalars), { minLength: 1, maxLength: 5 }), where })
  .map(({ items, where: filter }) =>
    definition(
      (relation) => `SELECT ${items.map((item, i) => `${item} AS c${i}`).join(', ')} FROM ${relation}${filter}`,
    ),
  );

const aggregate = fc.oneof(
  fc.constant('count(*)'),
  fc.constantFrom(...scalars).map((e) => `count(${e})`),
  fc.constantFrom(...integers, field('p', 'decimal(10,2)'), field('p', 'float8')).map((e) => `sum(${e})`),
  fc.constantFrom(...integers, field('p', 'decimal(10,2)'), field('p', 'float8')).map((e) => `avg(${e})`),
  fc.constantFrom(...texts, ...integers, field('p', 'decimal(10,2)'), 'sequence_number').map((e) => `min(${e})`),
  fc.constantFrom(...texts, ...integers, field('p', 'decimal(10,2)'), 'sequence_number').map((e) => `max(${e})`),
);
const finalExpression = fc.oneof(
  { weight: 4, arbitrary: aggregate },
  {
    weight: 1,
    arbitrary: fc.tuple(aggregate, aggregate).map(([a, b]) => `coalesce(${a}::varchar, '') || ${b}::varchar`),
  },
  { weight: 1, arbitrary: fc.constantFrom(...integers).map((e) => `max(${e}) - min(${e}) + count(*)`) },
  { weight: 1, arbitrary: fc.constantFrom(...integers).map((e) => `CASE WHEN count(*) > 2 THEN sum(${e}) ELSE 0 END`) },
);

/** GROUP BY expressions, ordinals or aliases, with HAVING. */
const aggregating: fc.Arbitrary<Definition> = fc
  .record({
    keys: fc.uniqueArray(fc.constantFrom(...texts, ...integers, ...others), { maxLength: 2 }),
    by: fc.constantFrom('expression', 'ordinal', 'alias'),
    aggregates: fc.array(finalExpression, { minLength: 1, maxLength: 4 }),
    having: fc.constantFrom(
      '',
      ' HAVING count(*) > 1',
      ` HAVING sum(${integers[0]}) > 0`,
      ` HAVING min(partition_key) < 'l'`,
    ),
    where,
  })
  .map(({ keys: grouping, by, aggregates, having, where: filter }) =>
    definition((relation) => {
      const items = [
        ...grouping.map((key, i) => `${key} AS g${i}`),
        ...aggregates.map((each, i) => `${each} AS a${i}`),
      ];
      const names = grouping.map((key, i) => ({ expression: key, ordinal: String(i + 1), alias: `g${i}` })[by]);
      const groupBy = names.length === 0 ? '' : ` GROUP BY ${names.join(', ')}`;
      return `SELECT ${items.join(', ')} FROM ${relation}${filter}${groupBy}${having}`;
    }),
  );

/** What a view over a stream may be. */
export const streamDefinition: fc.Arbitrary<Definition> = fc.oneof(plain, aggregating);

/** What a view over another view may be besides: unnesting, joins, set operations, and what is recomputed. */
export const relationDefinition: fc.Arbitrary<Definition> = fc.oneof(
  { weight: 3, arbitrary: plain },
  { weight: 3, arbitrary: aggregating },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        (r: string) => `SELECT partition_key, i.sku::varchar(5) AS sku, i.qty::int AS qty FROM ${r} r, r.d.items i`,
        (r: string) =>
          `SELECT i.sku::varchar(5) AS sku, count(*) AS n, sum(i.qty::int) AS qty FROM ${r} r, r.d.items i WHERE i.qty::int > 0 GROUP BY 1`,
        (r: string) =>
          `SELECT a.partition_key, b.sequence_number FROM ${r} a JOIN ${r} b ON a.sequence_number = b.sequence_number AND a.shard_id = b.shard_id`,
        (r: string) => `SELECT partition_key FROM ${r} UNION ALL SELECT shard_id FROM ${r}`,
        (r: string) => `SELECT DISTINCT partition_key FROM ${r}`,
        (r: string) => `SELECT r.partition_key, t.label FROM ${r} r LEFT JOIN labels t ON t.name = r.partition_key`,
        (r: string) => `SELECT r.partition_key, t.label FROM ${r} r JOIN labels t ON t.name = r.partition_key`,
        (r: string) =>
          `SELECT partition_key, row_number() OVER (PARTITION BY partition_key, shard_id ORDER BY sequence_number) AS n FROM ${r}`,
      ].map(definition),
    ),
  },
);
