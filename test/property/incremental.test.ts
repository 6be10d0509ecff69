import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSessionFixture, type SessionFixture } from '../refresh/session-fixture.js';
import type { TestSession } from '../session/open-test-host.js';
import { type Definition, payload, relationDefinition, streamDefinition } from './definitions.js';

/** A change of what views read, between two refreshes. */
type Step =
  | { readonly kind: 'put'; readonly shard: number; readonly payloads: readonly string[] }
  | { readonly kind: 'refresh'; readonly view: number; readonly batchRows: number }
  /** The endpoint dies after so many batches. */
  | { readonly kind: 'failure'; readonly view: number; readonly batchRows: number; readonly batches: number }
  /** Partial aggregates are added up. */
  | { readonly kind: 'compact'; readonly view: number }
  | { readonly kind: 'delete'; readonly condition: string }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'label'; readonly name: string };

const put: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('put' as const),
  shard: fc.nat(2),
  payloads: fc.array(payload, { minLength: 1, maxLength: 12 }),
});
const refresh: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('refresh' as const),
  view: fc.nat(3),
  batchRows: fc.constantFrom(1, 2, 3, 7, 100),
});
const failure: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('failure' as const),
  view: fc.nat(3),
  batchRows: fc.constantFrom(1, 2, 7),
  batches: fc.nat(4),
});
const compaction: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('compact' as const), view: fc.nat(3) });
const change: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('length(kinesis_data) % 3 = 0', "shard_id LIKE '%1'", 'd.n::int > 1')
      .map((condition) => ({ kind: 'delete' as const, condition })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'truncate' as const }) },
  { weight: 3, arbitrary: fc.constantFrom('k', 'x').map((name) => ({ kind: 'label' as const, name })) },
);

/** `PROPERTY_THOROUGHNESS=20 npx vitest run test/property` looks for rarer mistakes. */
const thoroughness = Number(process.env.PROPERTY_THOROUGHNESS ?? 1);

let fixture: SessionFixture;
let session: TestSession;
let runs = 0;

beforeAll(async () => {
  fixture = await openSessionFixture();
  session = await fixture.open();
});
afterAll(() => fixture.close());

/** Refresh while the endpoint dies after some batches: all of it is stored, where it ended before, or nothing. */
async function refreshAndFail(view: string, { batchRows, batches }: Extract<Step, { kind: 'failure' }>): Promise<void> {
  const before = await rows(`SELECT * FROM ${view}`);
  let left = batches;
  fixture.streams.batchRows = batchRows;
  fixture.streams.beforeBatch = () => {
    if (left-- === 0) fixture.streams.dead = true;
  };
  const failed = await session.run(`REFRESH MATERIALIZED VIEW ${view}`).then(
    () => false,
    () => true,
  );
  fixture.streams.beforeBatch = undefined;
  fixture.streams.dead = false;
  if (failed) expect(await rows(`SELECT * FROM ${view}`)).toEqual(before);
}

/** Rows as a sorted multiset: a view has no order. */
async function rows(sql: string): Promise<string[]> {
  return (await session.run(sql)).rows.map((row) => JSON.stringify(row)).sort();
}

describe('what refreshes add up to', () => {
  it(
    'is the same SELECT over all records, for any definition over a stream and any boundaries of batches and refreshes',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          streamDefinition,
          fc.array(
            fc.oneof(
              { weight: 3, arbitrary: put },
              { weight: 3, arbitrary: refresh },
              { weight: 1, arbitrary: failure },
              { weight: 1, arbitrary: compaction },
            ),
            { minLength: 2, maxLength: 14 },
          ),
          async (definition, steps) => {
            const run = `s${++runs}`;
            fixture.streams.create(run, 3);
            await session.run(`CREATE MATERIALIZED VIEW ${run}_all AS SELECT * FROM kds.${run}`);
            await session.run(`CREATE MATERIALIZED VIEW ${run}_mv AS ${definition.text(`kds.${run}`)}`);
            const ledger: string[] = [];
            for (const step of steps) {
              if (step.kind === 'put') {
                fixture.streams.put(run, step.payloads, step.shard);
                ledger.push(...step.payloads);
              } else if (step.kind === 'refresh') {
                fixture.streams.batchRows = step.batchRows;
                await session.run(`REFRESH MATERIALIZED VIEW ${run}_mv`);
              } else if (step.kind === 'failure') {
                await refreshAndFail(`${run}_mv`, step);
              } else if (step.kind === 'compact') {
                await fixture.fixture.compact(`${run}_mv`);
              }
            }
            await session.run(`REFRESH MATERIALIZED VIEW ${run}_mv`);
            await session.run(`REFRESH MATERIALIZED VIEW ${run}_all`);
            const stored = (await session.run(`SELECT kinesis_data FROM ${run}_all`)).rows.map(([data]) => data);
            expect([...stored].sort()).toEqual(ledger.map((text) => Buffer.from(text).toString('hex')).sort());
            expect(await rows(`SELECT * FROM ${run}_mv`)).toEqual(await rows(definition.text(`${run}_all`)));
            await session.run(`DROP MATERIALIZED VIEW ${run}_mv`);
            await session.run(`DROP MATERIALIZED VIEW ${run}_all`);
            fixture.streams.remove(run);
          },
        ),
        { numRuns: 60 * thoroughness },
      );
    },
    300_000 * thoroughness,
  );

  it(
    'is the same SELECT over the parent, for any view over a streaming view, through deletions and changes of tables',
    async () => {
      await session.run('CREATE TABLE labels (name varchar(20), label varchar(20))');
      await fc.assert(
        fc.asyncProperty(
          relationDefinition,
          streamDefinition,
          fc.array(
            fc.oneof(
              { weight: 4, arbitrary: put },
              { weight: 4, arbitrary: refresh },
              { weight: 1, arbitrary: failure },
              { weight: 1, arbitrary: compaction },
              { weight: 2, arbitrary: change },
            ),
            {
              minLength: 3,
              maxLength: 16,
            },
          ),
          async (child: Definition, grandchild: Definition, steps) => {
            const run = `p${++runs}`;
            fixture.streams.create(run, 3);
            const all = `${run}_all`;
            await session.run(
              `CREATE MATERIALIZED VIEW ${all} AS SELECT *, CASE WHEN CAN_JSON_PARSE(kinesis_data) THEN JSON_PARSE(kinesis_data) END AS d FROM kds.${run}`,
            );
            await session.run(`CREATE MATERIALIZED VIEW ${run}_copy AS SELECT * FROM ${all}`);
            await session.run(`CREATE MATERIALIZED VIEW ${run}_child AS ${child.text(all)}`);
            await session.run(`CREATE MATERIALIZED VIEW ${run}_grand AS ${grandchild.text(`${run}_copy`)}`);
            const views = [all, `${run}_copy`, `${run}_child`, `${run}_grand`];
            for (const step of steps) {
              switch (step.kind) {
                case 'put':
                  fixture.streams.put(run, step.payloads, step.shard);
                  break;
                case 'refresh':
                  fixture.streams.batchRows = step.batchRows;
                  await session.run(`REFRESH MATERIALIZED VIEW ${views[step.view]}`);
                  break;
                case 'failure':
                  await refreshAndFail(views[step.view] ?? all, step);
                  break;
                case 'compact':
                  await fixture.fixture.compact(views[step.view] ?? all);
                  break;
                case 'delete':
                  await session.run(`DELETE FROM ${all} WHERE ${step.condition}`);
                  break;
                case 'truncate':
                  await session.run(`TRUNCATE ${all}`);
                  break;
                case 'label':
                  await session.run(`INSERT INTO labels VALUES ('${step.name}', 'label ${step.name}')`);
                  break;
              }
            }
            await session.run(`REFRESH MATERIALIZED VIEW ${run}_grand CASCADE`);
            await session.run(`REFRESH MATERIALIZED VIEW ${run}_child CASCADE`);
            expect(await rows(`SELECT * FROM ${run}_copy`)).toEqual(await rows(`SELECT * FROM ${all}`));
            expect(await rows(`SELECT * FROM ${run}_child`)).toEqual(await rows(child.text(all)));
            expect(await rows(`SELECT * FROM ${run}_grand`)).toEqual(await rows(grandchild.text(all)));
            const stale = await session.run(
              `SELECT trim(name) FROM svv_mv_info WHERE is_stale = 't' AND name LIKE '${run}%'`,
            );
            expect(stale.rows).toEqual([]);
            await session.run(`DROP MATERIALIZED VIEW ${all} CASCADE`);
            fixture.streams.remove(run);
          },
        ),
        { numRuns: 40 * thoroughness },
      );
    },
    300_000 * thoroughness,
  );
});
