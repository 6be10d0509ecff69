import { type CatalogLookup, defaultDialectSettings } from '../../sql-dialect/catalog.js';
import type { QueryPlan } from '../../sql-dialect/plan.js';
import type { RedshiftType, TypeId } from '../../sql-dialect/types/redshift-type.js';
import { OffsetClock } from '../../src/base/clock.js';
import { type Logger, silentLogger } from '../../src/base/log.js';
import type { MaterializedViewEntry } from '../../src/catalog/contract.js';
import { createLookup } from '../../src/catalog/lookup.js';
import { StoredCatalog } from '../../src/catalog/store.js';
import { type DuckdbEngine, type EngineConnection, openEngine } from '../../src/engine/index.js';
import { compact } from '../../src/refresh/compaction.js';
import { type CompileQuery, definitionCompiler, type ParseQuery } from '../../src/refresh/compile-definition.js';
import type { MaterializedViews, NewMaterializedView, RefreshRequest } from '../../src/refresh/contract.js';
import type { DescribeFunction } from '../../src/refresh/definition-check.js';
import { StoredMaterializedViews } from '../../src/refresh/materialized-views.js';
import { localPace, type PollPace } from '../../src/refresh/poll-pace.js';
import { storedView } from '../../src/refresh/stored-view.js';
import { ConnectedSources } from '../../src/streams/connected-sources.js';
import type { StreamReader } from '../../src/streams/contract.js';
import { kinesisSource } from '../../src/streams/kinesis/columns.js';
import { MemoryStreams } from './memory-streams.js';
import { queryOf } from './query-of.js';

export interface FixtureOptions {
  readonly dataDirectory?: string | undefined;
  readonly reader?: StreamReader | undefined;
  readonly endpoint?: string | undefined;
  readonly pace?: PollPace | undefined;
  readonly log?: Logger | undefined;
  /** Definitions are Redshift SQL. Default: DuckDB SQL in which `{schema.name}` stands for a relation. */
  readonly dialect?: FixtureDialect | undefined;
}

export interface FixtureDialect {
  readonly compile: CompileQuery;
  readonly parse: ParseQuery;
  readonly describeFunction: DescribeFunction;
}

/** The check of definitions has tests of its own. */
const plainDialect: FixtureDialect = {
  compile: (text, catalog) => compile(text, catalog),
  parse: () => queryOf('SELECT 1'),
  describeFunction: () => undefined,
};

/** Engine, catalog and materialized views, without sessions. */
export class RefreshFixture {
  readonly streams = new MemoryStreams();

  private constructor(
    readonly engine: DuckdbEngine,
    readonly catalog: StoredCatalog,
    readonly clock: OffsetClock,
    readonly connection: EngineConnection,
    options: FixtureOptions,
    private readonly dialect: FixtureDialect = options.dialect ?? plainDialect,
  ) {
    this.views = new StoredMaterializedViews({
      engine,
      catalog,
      sources: new ConnectedSources([
        {
          source: kinesisSource,
          reader: options.reader ?? this.streams,
          endpoint: options.endpoint ?? 'memory:',
        },
      ]),
      pace: options.pace ?? localPace,
      clock,
      log: options.log ?? silentLogger,
      definitions: definitionCompiler(this.dialect.compile, createLookup),
      parseQuery: this.dialect.parse,
      describeFunction: this.dialect.describeFunction,
    });
  }
  readonly views: MaterializedViews;

  static async open(options: FixtureOptions = {}): Promise<RefreshFixture> {
    const engine = await openEngine({ dataDirectory: options.dataDirectory, databases: ['dev'] });
    const catalog = await StoredCatalog.open(engine, 'dev', 'awsuser');
    const fixture = new RefreshFixture(engine, catalog, new OffsetClock(), await engine.connect(), options);
    await fixture.views.prepareDatabase('dev');
    if (catalog.snapshot('dev')?.schema('kds') === undefined) {
      const transaction = catalog.begin('dev', fixture.connection);
      await transaction.put({
        kind: 'external_schema',
        oid: transaction.nextOid(),
        name: 'kds',
        owner: 'awsuser',
        source: 'kinesis',
        region: undefined,
        iamRole: 'default',
        options: {},
      });
      transaction.publish();
    }
    return fixture;
  }

  async close(): Promise<void> {
    await this.views.stop();
    await this.engine.close();
  }

  /** Put a view into the catalog and make its table, as CREATE MATERIALIZED VIEW does after its checks. */
  async createView(
    name: string,
    text: string,
    columns: Readonly<Record<string, TypeId | RedshiftType>>,
    options: { readonly autoRefresh?: boolean; readonly dependsOn?: readonly number[] } = {},
  ): Promise<MaterializedViewEntry> {
    const stream = /\bkds\.(\w+)/.exec(text)?.[1];
    await this.connection.run('BEGIN TRANSACTION');
    const catalog = this.catalog.begin('dev', this.connection);
    const entry: NewMaterializedView = {
      kind: 'materialized_view',
      oid: catalog.nextOid(),
      schema: 'public',
      name,
      owner: 'awsuser',
      text,
      settings: defaultDialectSettings,
      searchPath: ['public'],
      columns: Object.entries(columns).map(([label, type]) => ({
        label,
        type: typeof type === 'string' ? { id: type } : type,
      })),
      attributes: { backup: undefined, distStyle: undefined, distKey: undefined, sortKey: [], sortStyle: undefined },
      autoRefresh: options.autoRefresh ?? false,
      dependsOn: options.dependsOn ?? [],
      stream: stream === undefined ? undefined : { source: 'kinesis', externalSchema: 'kds', streamName: stream },
      createdMillis: Number(this.clock.nowMicros() / 1000n),
    };
    const lookup = createLookup({
      snapshot: catalog.snapshot,
      searchPath: ['public'],
      user: 'awsuser',
      streams: { mode: 'definition' },
    });
    const plan = {
      kind: 'create_materialized_view',
      name: { database: undefined, schema: undefined, name },
      columnNames: [],
      attributes: entry.attributes,
      autoRefresh: entry.autoRefresh,
      query: { text, offset: 0, compiled: this.dialect.compile(text, lookup, defaultDialectSettings) },
    } as const;
    const atEnd: (() => void)[] = [];
    try {
      await this.views.create({
        plan,
        entry,
        connection: this.connection,
        catalog,
        inBlock: false,
        atEnd: (callback) => atEnd.push(callback),
      });
      await this.connection.run('COMMIT');
      catalog.publish();
    } catch (error) {
      await this.connection.run('ROLLBACK');
      catalog.discard();
      throw error;
    } finally {
      for (const callback of atEnd) callback();
    }
    const made = this.catalog.snapshot('dev')?.byOid(entry.oid);
    if (made?.kind !== 'materialized_view') throw new Error(`${name} was not made`);
    return made;
  }

  /** Note that rows of what views read were changed, as a session does. */
  async noteRows(...views: readonly MaterializedViewEntry[]): Promise<void> {
    const snapshot = this.catalog.snapshot('dev');
    if (snapshot === undefined) throw new Error('no database');
    const base = { oid: 0, schema: 'public', name: 't' };
    await this.views.noteChange({
      connection: this.connection,
      snapshot,
      change: 'rows',
      base,
      views,
      user: 'awsuser',
    });
  }

  async dropView(entry: MaterializedViewEntry): Promise<void> {
    await this.connection.run('BEGIN TRANSACTION');
    const catalog = this.catalog.begin('dev', this.connection);
    await this.views.drop(this.connection, entry, catalog.snapshot);
    await catalog.remove(entry);
    await this.connection.run('COMMIT');
    catalog.publish();
  }

  /** Notices of a manual refresh. */
  async refresh(entry: MaterializedViewEntry, options: Partial<RefreshRequest> = {}): Promise<string[]> {
    const messages = await this.views.refresh({
      database: 'dev',
      entry,
      mode: 'restrict',
      type: 'Manual',
      user: 'awsuser',
      sessionId: 7,
      signal: undefined,
      ...options,
    });
    return messages.map(({ text }) => text);
  }

  /** Add up the partial rows of an aggregating view, as happens by itself when they have become many. */
  async compact(view: string): Promise<void> {
    const snapshot = this.catalog.snapshot('dev');
    const entry = snapshot?.relation('public', view);
    if (snapshot === undefined || entry?.kind !== 'materialized_view') throw new Error(`no view ${view}`);
    const { compile: compileQuery, parse: parseQuery, describeFunction } = this.dialect;
    const definitions = definitionCompiler(compileQuery, createLookup);
    await this.connection.run('BEGIN TRANSACTION');
    await compact(this.connection, storedView({ definitions, parseQuery, describeFunction }, snapshot, entry));
    await this.connection.run('COMMIT');
  }

  rows(sql: string): Promise<Record<string, unknown>[]> {
    return this.connection.rows(sql);
  }

  async count(view: string): Promise<number> {
    const [row] = await this.rows(`SELECT count(*)::INTEGER AS n FROM dev.public.${view}`);
    return Number(row?.n);
  }

  async statuses(): Promise<unknown[]> {
    const rows = await this.rows('SELECT status FROM dev.duckshift.mv_refresh_history ORDER BY transaction_id');
    return rows.map(({ status }) => status);
  }
}

function compile(text: string, catalog: CatalogLookup): QueryPlan {
  const reads: QueryPlan['reads'][number][] = [];
  const duckdb = text.replaceAll(/\{(\w+)\.(\w+)\}/g, (_match, schema: string, name: string) => {
    const relation = catalog.relation({ database: undefined, schema, name });
    if (relation === undefined) throw new Error(`no relation ${schema}.${name}`);
    reads.push(relation);
    return relation.duckdb;
  });
  return { kind: 'select', duckdb, columns: [], parameters: [], reads, positions: { toSource: () => undefined } };
}
