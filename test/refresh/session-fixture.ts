import { compileQueryText, parseQueryText } from '../../src/refresh/defining-query.js';
import { describeFunction } from '../../src/refresh/function-traits.js';
import { DuckshiftSessionHost } from '../../src/session/host.js';
import { TestSession } from '../session/open-test-host.js';
import { type FixtureOptions, RefreshFixture } from './refresh-fixture.js';

/** Materialized views over streams in memory, with sessions that speak Redshift SQL. */
export interface SessionFixture {
  readonly fixture: RefreshFixture;
  readonly streams: RefreshFixture['streams'];
  open(): Promise<TestSession>;
  close(): Promise<void>;
}

export async function openSessionFixture(options: FixtureOptions = {}): Promise<SessionFixture> {
  const fixture = await RefreshFixture.open({
    ...options,
    dialect: { compile: compileQueryText, parse: parseQueryText, describeFunction },
  });
  const { engine, catalog, clock, views } = fixture;
  const host = new DuckshiftSessionHost({ engine, catalog, materializedViews: views, clock });
  return {
    fixture,
    streams: fixture.streams,
    open: async () =>
      new TestSession(
        await host.openSession({ user: 'awsuser', database: 'dev', settings: {}, clientAddress: undefined }),
      ),
    close: async () => {
      await host.closeAll({ code: '57P01', message: 'test over' });
      await fixture.close();
    },
  };
}
