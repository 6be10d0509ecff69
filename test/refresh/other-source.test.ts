import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLookup } from '../../src/catalog/lookup.js';
import { ConnectedSources, sameStream, streamKey } from '../../src/streams/connected-sources.js';
import { readableSources } from '../../src/streams/registry.js';
import type { TestSession } from '../session/open-test-host.js';
import { openSessionFixture, type SessionFixture } from './session-fixture.js';

/** Words of CREATE EXTERNAL SCHEMA … FROM that are no source in the registry, and one that no release knows. */
const others = ['kafka', 'msk', 'data catalog', 'hive metastore', 'postgres', 'mysql', 'redshift', 'tape'];

let fixture: SessionFixture;
let session: TestSession;

beforeAll(async () => {
  fixture = await openSessionFixture();
  fixture.streams.create('clicks');
  fixture.streams.put('clicks', [{ n: 1 }]);
  session = await fixture.open();
  const connection = await fixture.fixture.engine.connect();
  const transaction = fixture.fixture.catalog.begin('dev', connection);
  for (const [index, source] of others.entries())
    await transaction.put({
      kind: 'external_schema',
      oid: transaction.nextOid(),
      name: `other${index}`,
      owner: 'awsuser',
      source,
      region: undefined,
      iamRole: undefined,
      options: {},
    });
  transaction.publish();
  await connection.close();
});
afterAll(() => fixture.close());

describe.each(others.map((source, index) => ({ source, schema: `other${index}` })))(
  'an external schema FROM $source',
  ({ source, schema }) => {
    const refusal = {
      code: '0A000',
      message: expect.stringContaining(`"${schema}.clicks"`),
      hint: expect.stringContaining(source.toUpperCase()),
    };

    it('is not read as a stream of another source that has its name', async () => {
      const definition = `CREATE MATERIALIZED VIEW ${schema}_mv AS SELECT * FROM ${schema}.clicks`;
      await expect(session.run(definition)).rejects.toMatchObject(refusal);
      await expect(session.run(`SELECT * FROM ${schema}.clicks`)).rejects.toMatchObject(refusal);
      expect(fixture.fixture.catalog.snapshot('dev')?.relation('public', `${schema}_mv`)).toBeUndefined();
    });

    it('is refused in every way a lookup may read streams', () => {
      const snapshot = fixture.fixture.catalog.snapshot('dev');
      if (snapshot === undefined) throw new Error('no database');
      for (const streams of [{ mode: 'refuse' }, { mode: 'definition' }, { mode: 'batch', batchId: 1 }] as const) {
        const lookup = createLookup({ snapshot, searchPath: ['public'], user: 'awsuser', streams });
        expect(() => lookup.relation({ database: undefined, schema, name: 'clicks' })).toThrow(
          expect.objectContaining(refusal),
        );
      }
    });

    it('has no reader', () => {
      const stream = { source, externalSchema: schema, streamName: 'clicks' };
      expect(() => new ConnectedSources([]).of(stream)).toThrow(expect.objectContaining(refusal));
      for (const kind of readableSources) {
        expect(streamKey({ ...stream, source: kind })).not.toBe(streamKey(stream));
        expect(sameStream({ ...stream, source: kind }, stream)).toBe(false);
      }
    });
  },
);

it('a view that names another source is refused when it is refreshed, and gains no rows', async () => {
  await session.run('CREATE MATERIALIZED VIEW mv AS SELECT * FROM kds.clicks');
  const connection = await fixture.fixture.engine.connect();
  const entry = fixture.fixture.catalog.snapshot('dev')?.relation('public', 'mv');
  if (entry?.kind !== 'materialized_view' || entry.stream === undefined) throw new Error('no view');
  const transaction = fixture.fixture.catalog.begin('dev', connection);
  await transaction.put({ ...entry, stream: { ...entry.stream, source: 'kafka' } });
  transaction.publish();
  await connection.close();
  await expect(session.run('REFRESH MATERIALIZED VIEW mv')).rejects.toMatchObject({
    code: '0A000',
    message: expect.stringContaining('Kafka'),
    hint: expect.stringContaining('KAFKA'),
  });
  expect(await session.value('SELECT count(*) FROM mv')).toBe('0');
});
