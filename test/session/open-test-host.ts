import { OffsetClock } from '../../src/base/clock.js';
import { StoredCatalog } from '../../src/catalog/store.js';
import { type DuckdbEngine, openEngine } from '../../src/engine/index.js';
import type { MaterializedViews } from '../../src/refresh/contract.js';
import type { Notice, Session } from '../../src/session/contract.js';
import { DuckshiftSessionHost } from '../../src/session/host.js';
import { readAllRows, type TextValue } from '../../src/session/text-rows.js';

/** Refreshes are tested with streams elsewhere; here they must not be reached. */
const noViews: MaterializedViews = {
  create: () => Promise.reject(new Error('no streams in session tests')),
  refresh: () => Promise.reject(new Error('no streams in session tests')),
  drop: () => Promise.reject(new Error('no streams in session tests')),
  checkAutoRefresh: () => undefined,
  beginWrite: () => ({ watched: false, end: () => undefined }),
  noteChange: () => Promise.resolve(),
  prepareDatabase: () => Promise.resolve(),
  forgetDatabase: () => undefined,
  startScheduler: () => undefined,
  stop: () => Promise.resolve(),
};

export interface TestHost {
  readonly engine: DuckdbEngine;
  readonly catalog: StoredCatalog;
  readonly host: DuckshiftSessionHost;
  readonly clock: OffsetClock;
  open(settings?: Record<string, string>): Promise<TestSession>;
  close(): Promise<void>;
}

export interface Answer {
  readonly tag: string;
  readonly labels: readonly string[] | undefined;
  readonly rows: readonly (readonly TextValue[])[];
}

/** A session with the shortest ways to use it. */
export class TestSession {
  readonly notices: Notice[] = [];

  constructor(readonly session: Session) {
    session.onNotice = (notice) => this.notices.push(notice);
  }

  /** Run one statement; rejects as the session does. */
  async run(sql: string, parameters: readonly (string | null)[] = []): Promise<Answer> {
    try {
      const [statement] = this.session.parse(sql).statements;
      if (statement === undefined) throw new Error('no statement');
      const prepared = await this.session.prepare(statement, []);
      const { tag, columns, rows } = await this.session.execute(prepared, parameters);
      return {
        tag,
        labels: columns?.map((column) => column.label),
        rows: rows === undefined ? [] : await readAllRows(rows),
      };
    } catch (error) {
      this.session.markFailed();
      throw error;
    }
  }

  /** Run statements one after another, each on its own. */
  async all(...statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.run(statement);
  }

  /** The first column of the first row. */
  async value(sql: string, parameters: readonly (string | null)[] = []): Promise<TextValue | undefined> {
    return (await this.run(sql, parameters)).rows[0]?.[0];
  }

  async tag(sql: string): Promise<string> {
    return (await this.run(sql)).tag;
  }
}

export async function openTestHost(options: { readonly maxConnections?: number } = {}): Promise<TestHost> {
  const engine = await openEngine({ databases: ['dev'] });
  const catalog = await StoredCatalog.open(engine, 'dev', 'awsuser');
  const clock = new OffsetClock();
  const host = new DuckshiftSessionHost({ engine, catalog, materializedViews: noViews, clock, ...options });
  return {
    engine,
    catalog,
    host,
    clock,
    open: async (settings = {}) =>
      new TestSession(await host.openSession({ user: 'awsuser', database: 'dev', settings, clientAddress: undefined })),
    close: async () => {
      await host.closeAll({ code: '57P01', message: 'test over' });
      await engine.close();
    },
  };
}
