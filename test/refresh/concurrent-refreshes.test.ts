import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestSession } from '../session/open-test-host.js';
import { openSessionFixture, type SessionFixture } from './session-fixture.js';

let fixture: SessionFixture;
let session: TestSession;

beforeEach(async () => {
  fixture = await openSessionFixture();
  session = await fixture.open();
  for (const stream of ['clicks', 'orders']) {
    fixture.streams.create(stream);
    fixture.streams.put(stream, ['1', '2', '3', '4', '5']);
  }
  for (const [view, stream] of [
    ['one', 'clicks'],
    ['two', 'clicks'],
    ['other', 'orders'],
  ])
    await session.run(
      `CREATE MATERIALIZED VIEW ${view} AS SELECT from_varbyte(kinesis_data, 'utf-8')::int AS n FROM kds.${stream}`,
    );
});
afterEach(() => fixture.close());

/** Keep the next reading of a stream between its batches until `release` is called. `begun`: it is there. */
function holdNext(stream: string): { readonly begun: Promise<void>; readonly release: () => void } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    fixture.streams.beforeBatch = async (read) => {
      if (read !== stream) return;
      fixture.streams.beforeBatch = undefined;
      resolve();
      await released;
    };
  });
  return { begun, release };
}

async function refresh(view: string): Promise<string[]> {
  const other = await fixture.open();
  await other.run(`REFRESH MATERIALIZED VIEW ${view}`);
  return other.notices.map(({ message }) => message);
}

const count = async (view: string): Promise<unknown> => session.value(`SELECT count(*) FROM ${view}`);
const updated = (view: string): string => `Materialized view ${view} was incrementally updated successfully.`;

it.each(['two', 'other'])('refreshes of different views run side by side (%s beside one)', async (view) => {
  const held = holdNext('clicks');
  const first = refresh('one');
  await held.begun;
  expect(await refresh(view)).toEqual([updated(view)]);
  expect([await count('one'), await count(view)]).toEqual(['0', '5']);
  held.release();
  expect(await first).toEqual([updated('one')]);
  expect(await count('one')).toBe('5');
});

it('refreshes of one view run one after another: the second finds nothing', async () => {
  const held = holdNext('clicks');
  const first = refresh('one');
  await held.begun;
  const order: string[] = [];
  const second = refresh('one').finally(() => order.push('second'));
  void first.finally(() => order.push('first'));
  held.release();
  expect(await first).toEqual([updated('one')]);
  expect(await second).toEqual([`${updated('one')} Stream returned no new data.`]);
  expect(order).toEqual(['first', 'second']);
  expect(await count('one')).toBe('5');
});

it('a view that is dropped during its refresh is gone after it, and a new one of the name has every record', async () => {
  const held = holdNext('clicks');
  const first = refresh('one');
  await held.begun;
  const dropped = session.run('DROP MATERIALIZED VIEW one');
  held.release();
  expect(await first).toEqual([updated('one')]);
  await dropped;
  await expect(refresh('one')).rejects.toMatchObject({ code: '42P01' });
  await session.run('CREATE MATERIALIZED VIEW one AS SELECT kinesis_data FROM kds.clicks');
  await refresh('one');
  expect(await count('one')).toBe('5');
});

it('a DROP that waits for a refresh can be cancelled, and the view stays', async () => {
  const held = holdNext('clicks');
  const first = refresh('one');
  await held.begun;
  await session.run('SET statement_timeout TO 100');
  await expect(session.run('DROP MATERIALIZED VIEW one')).rejects.toMatchObject({ code: '57014' });
  await session.run('RESET statement_timeout');
  held.release();
  expect(await first).toEqual([updated('one')]);
  expect(await count('one')).toBe('5');
  await session.run('DROP MATERIALIZED VIEW one');
});

it('readers see all of a refresh or nothing of it', async () => {
  const held = holdNext('clicks');
  const first = refresh('one');
  await held.begun;
  await session.run('BEGIN');
  expect(await count('one')).toBe('0');
  held.release();
  await first;
  expect(await count('one')).toBe('0');
  await session.run('COMMIT');
  expect(await count('one')).toBe('5');
});
