import { compileQueryText, parseQueryText } from '../../src/refresh/defining-query.js';
import { describeFunction } from '../../src/refresh/function-traits.js';
import { DuckshiftSessionHost } from '../../src/session/host.js';
import { TestSession } from '../session/open-test-host.js';
import { type GroundOptions, RefreshGround } from './refresh-ground.js';

/** Materialized views over streams in memory, with sessions that speak Redshift SQL. */
export interface SessionGround {
  readonly ground: RefreshGround;
  readonly streams: RefreshGround['streams'];
  open(): Promise<TestSession>;
  close(): Promise<void>;
}

export async function openSessionGround(options: GroundOptions = {}): Promise<SessionGround> {
  const ground = await RefreshGround.open({
    ...options,
    dialect: { compile: compileQueryText, parse: parseQueryText, describeFunction },
  });
  const { engine, catalog, clock, views } = ground;
  const host = new DuckshiftSessionHost({ engine, catalog, materializedViews: views, clock });
  return {
    ground,
    streams: ground.streams,
    open: async () =>
      new TestSession(
        await host.openSession({ user: 'awsuser', database: 'dev', settings: {}, clientAddress: undefined }),
      ),
    close: async () => {
      await host.closeAll({ code: '57P01', message: 'test over' });
      await ground.close();
    },
  };
}
