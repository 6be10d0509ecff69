import { randomInt } from 'node:crypto';
import { quoteIdentifier, quoteLiteral } from '../../sql-dialect/duckdb/quote.js';
import { sessionVariables } from '../../sql-dialect/duckdb/session-variables.js';
import { SqlError } from '../../sql-dialect/errors.js';
import { compile, type DialectSettings } from '../../sql-dialect/index.js';
import { type ParsedStatement, parseStatements } from '../../sql-dialect/parse.js';
import { isUnsupported, type OutputColumn, type Plan } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import { DuckshiftError } from '../base/errors.js';
import type { StreamMode, ViewEntry } from '../catalog/contract.js';
import { createLookup } from '../catalog/lookup.js';
import { queryHistoryVariable } from '../catalog/system/query-history.js';
import { sessionListVariable } from '../catalog/system/sessions.js';
import { temporarySchemaOf } from '../catalog/temporary-tables.js';
import type { EngineConnection } from '../engine/contract.js';
import { catalogVariables } from './catalog-variables.js';
import type { NamedStatement, SessionContext, SessionServices, StatementContext } from './context.js';
import type {
  ExecutionOptions,
  ExecutionResult,
  Notice,
  ParsedText,
  PreparedStatement,
  Session,
  SessionIdentity,
  StatementHandle,
} from './contract.js';
import { Cursors } from './cursors.js';
import { effectOf, executorOf, queryTypeOf, runsAlone } from './execute/statements.js';
import { ExecutionGuard } from './execution-guard.js';
import type { QueryHistory } from './history.js';
import { numericParameterTypes } from './numeric-parameters.js';
import { asHandle, Handle, ParsedTexts, type PlanBasis, Prepared, sameShape } from './prepared.js';
import { existingSchemas } from './search-path.js';
import { engineTimeZone } from './settings/formats.js';
import { SettingStore } from './settings/store.js';
import { settingsTable } from './settings/table.js';
import { refuseOversized } from './statement-size.js';
import { SessionTransaction } from './transaction.js';
import { supported } from './unsupported.js';
import { SessionVariables, textList, textMap } from './variables.js';
import { isWanted } from './wanted-notices.js';

export interface SessionDeps {
  readonly identity: SessionIdentity;
  readonly connection: EngineConnection;
  readonly services: SessionServices;
  /** Startup parameters; those that are no settings are left out by the host. */
  readonly startupSettings: ReadonlyMap<string, string>;
  readonly nextQueryId: () => bigint;
  readonly history: QueryHistory;
  readonly clockOffsetMicros: () => bigint;
  /** All open sessions as JSON, for the system views. */
  readonly describeSessions: () => string;
  readonly onClose: (session: DuckshiftSession) => void;
}

/** `extra_float_digits` with which every value of both types survives. */
const allFloatDigits = 3;

/** Kinds that may be bound and run in a failed transaction. */
const endsTransaction: ReadonlySet<string> = new Set(['commit', 'rollback']);

/** One client's session on one engine connection. */
export class DuckshiftSession implements Session, SessionContext {
  readonly secretKey = randomInt(1, 2 ** 31 - 1);
  readonly settings: SettingStore;
  readonly transaction: SessionTransaction;
  readonly cursors = new Cursors();
  readonly named = new Map<string, NamedStatement>();
  onNotice: Session['onNotice'];
  onSettingChanged: Session['onSettingChanged'];
  onDeallocate: Session['onDeallocate'];
  onTerminate: Session['onTerminate'];
  onCancel: Session['onCancel'];

  readonly #texts = new ParsedTexts();
  /** Texts with named parameters: the same text means something else there. */
  readonly #namedTexts = new ParsedTexts();
  readonly #variables: SessionVariables;
  #lastQueryId = -1n;
  #running: ExecutionGuard | undefined;
  #closed = false;

  constructor(private readonly parts: SessionDeps) {
    const { identity, connection, services } = parts;
    this.settings = new SettingStore({ session_authorization: identity.user });
    this.transaction = new SessionTransaction({
      database: identity.database,
      connection,
      catalog: services.catalog,
      settings: this.settings,
      onSettingsChanged: (names) => this.settingsChanged(names),
      assertNotCancelled: () => {
        if (this.#running?.signal.aborted === true)
          throw new DuckshiftError('57014', "Query cancelled on user's request");
      },
      onEnd: (committed) => this.cursors.endTransaction(committed),
    });
    this.#variables = new SessionVariables(connection, [
      { variable: sessionVariables.user, value: () => quoteLiteral(identity.user) },
      { variable: sessionVariables.sessionUser, value: () => quoteLiteral(identity.user) },
      { variable: sessionVariables.userId, value: () => String(identity.userId) },
      { variable: sessionVariables.database, value: () => quoteLiteral(identity.database) },
      { variable: sessionVariables.processId, value: () => String(identity.processId) },
      {
        variable: sessionVariables.searchPath,
        value: () => textList(existingSchemas(this.settings.searchPath, this.user, this.transaction.snapshot)),
      },
      { variable: sessionVariables.lastQueryId, value: () => String(this.#lastQueryId), onlyWhenNamed: true },
      { variable: sessionVariables.clockOffset, value: () => String(parts.clockOffsetMicros()) },
      { variable: sessionVariables.settings, value: () => textMap(this.settings.all()) },
      ...catalogVariables(() => ({
        snapshot: this.transaction.snapshot,
        searchPath: existingSchemas(this.settings.searchPath, this.user, this.transaction.snapshot),
        principals: this.transaction.principals,
        temporary: this.transaction.temporary,
        temporarySchema: temporarySchemaOf(identity.processId),
        lateColumns: (view) => this.#lateColumns(view),
      })),
      { variable: queryHistoryVariable, value: () => quoteLiteral(parts.history.describe()), onlyWhenNamed: true },
      { variable: sessionListVariable, value: () => quoteLiteral(parts.describeSessions()) },
    ]);
  }

  /** Apply the startup parameters. @throws what SET throws. */
  async start(): Promise<void> {
    const names: string[] = [];
    for (const [name, value] of this.parts.startupSettings) names.push(...this.settings.set(name, value, false));
    await this.settingsChanged(names);
  }

  get identity(): SessionIdentity {
    return this.parts.identity;
  }
  get processId(): number {
    return this.parts.identity.processId;
  }
  get user(): string {
    return this.parts.identity.user;
  }
  get database(): string {
    return this.parts.identity.database;
  }
  get connection(): EngineConnection {
    return this.parts.connection;
  }
  get services(): SessionServices {
    return this.parts.services;
  }
  get transactionStatus(): 'I' | 'T' | 'E' {
    return this.transaction.status;
  }
  get reportedSettings(): ReadonlyMap<string, string> {
    return this.settings.reported();
  }

  get statementTimeoutMillis(): number {
    return this.settings.statementTimeoutMillis();
  }

  get lastQueryId(): bigint {
    return this.#lastQueryId;
  }

  parse(text: string, { namedParameters = false }: { readonly namedParameters?: boolean } = {}): ParsedText {
    const texts = namedParameters ? this.#namedTexts : this.#texts;
    const known = texts.get(text);
    if (known !== undefined) return { statements: known };
    const parsed = this.parts.history.attempt('invalid', () => {
      refuseOversized(text);
      return parseStatements(text, { namedParameters });
    });
    const statements = parsed.map((statement) => new Handle(statement));
    texts.set(text, statements);
    return { statements };
  }

  async prepare(
    statement: StatementHandle,
    parameterTypes: readonly (RedshiftType | undefined)[],
  ): Promise<PreparedStatement> {
    const handle = asHandle(statement);
    this.#refuseWhenFailed(handle.parsed);
    const { kind } = handle.parsed.node;
    const plan = this.parts.history.attempt(kind, () => supported(this.#plan(handle, parameterTypes)));
    return new Prepared(
      handle,
      parameterTypes,
      'parameters' in plan ? plan.parameters : [],
      this.columnsOf(plan),
      runsAlone(plan) !== undefined,
      queryTypeOf(plan),
    );
  }

  async execute(
    prepared: PreparedStatement,
    parameters: readonly (string | null)[],
    { exactFloats = false }: ExecutionOptions = {},
  ): Promise<ExecutionResult> {
    if (!(prepared instanceof Prepared)) throw new DuckshiftError('26000', 'prepared statement is not of this session');
    this.#refuseWhenFailed(prepared.statement.parsed);
    await this.transaction.settle();
    const guard = new ExecutionGuard(
      this.connection,
      this.settings.statementTimeoutMillis(),
      () => !this.transaction.isCommitting,
    );
    this.#running = guard;
    const entry = this.parts.history.begin({
      query: this.parts.nextQueryId(),
      identity: this.identity,
      kind: prepared.statement.parsed.node.kind,
      queryType: prepared.queryType,
      text: prepared.statement.text,
      label: this.settings.get('query_group'),
      startMillis: this.services.nowMillis(),
    });
    try {
      const types = numericParameterTypes(prepared.parameterTypes, parameters) ?? prepared.declaredTypes;
      const plan = this.#plan(prepared.statement, types);
      if (!sameShape(prepared.columns, this.columnsOf(plan)))
        throw new DuckshiftError('0A000', 'cached plan must not change result type');
      const statement = prepared.statement.parsed;
      if (exactFloats) this.connection.setExtraFloatDigits(allFloatDigits);
      const result = await this.run({ session: this, statement, parameters, signal: guard.signal }, plan);
      this.#lastQueryId = entry.query;
      this.parts.history.end(entry, this.services.nowMillis(), undefined);
      return result;
    } catch (error) {
      this.parts.history.end(entry, this.services.nowMillis(), error);
      this.transaction.markFailed();
      await this.transaction.settle();
      throw guard.explain(error);
    } finally {
      if (exactFloats) this.connection.setExtraFloatDigits(Number(this.settings.get('extra_float_digits')));
      guard.end();
      this.#running = undefined;
    }
  }

  async beginImplicitBlock(): Promise<void> {
    this.transaction.beginImplicit();
  }
  async endImplicitBlock(failed: boolean): Promise<void> {
    await this.transaction.endImplicit(failed);
  }
  markFailed(): void {
    this.transaction.markFailed();
  }
  cancel(): void {
    this.#running?.cancel();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.cancel();
    this.cursors.closeAll();
    try {
      await this.connection.close();
    } finally {
      this.transaction.abandon();
      this.parts.onClose(this);
    }
  }

  notice(notice: Notice): void {
    if (isWanted(notice, this.settings.get('client_min_messages'))) this.onNotice?.(notice);
  }

  async settingsChanged(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const reportedAs = settingsTable.get(name)?.reportedAs;
      if (reportedAs !== undefined) this.onSettingChanged?.(reportedAs, this.settings.get(name));
    }
    if (names.includes('timezone'))
      await this.connection.run(`SET TimeZone = ${quoteLiteral(engineTimeZone(this.settings.get('timezone')))}`);
    if (names.includes('extra_float_digits'))
      this.connection.setExtraFloatDigits(Number(this.settings.get('extra_float_digits')));
    if (names.includes('seed')) await this.connection.run(`SELECT setseed(${Number(this.settings.get('seed'))})`);
  }

  async prepareVariables(plan: Parameters<SessionContext['prepareVariables']>[0]): Promise<void> {
    // A view's own text may read any of them.
    if (plan.reads.some((relation) => relation.kind === 'view' || relation.kind === 'late_binding_view')) {
      await this.#variables.flush('all');
      return;
    }
    const texts = typeof plan.duckdb === 'string' ? [plan.duckdb] : plan.duckdb;
    if (plan.columns?.some((column) => column.type.id === 'regclass'))
      await this.#variables.flush([sessionVariables.relationNames.name]);
    for (const text of texts) await this.#variables.flush(SessionVariables.namesIn(text));
  }

  cursorColumns(name: string): readonly OutputColumn[] | undefined {
    return this.cursors.has(name) ? this.cursors.columns(name) : undefined;
  }

  deallocateForeign(name: string | undefined): boolean {
    return this.onDeallocate?.(name) ?? false;
  }

  compile(statement: ParsedStatement, parameterTypes: readonly (RedshiftType | undefined)[]): Plan {
    const settings = this.settings.dialect;
    const plan = this.#compileWith(statement, parameterTypes, settings);
    // The setting is about results: it gives no names to what a statement makes.
    if (!settings.describeFieldNameInUppercase || plan.kind === 'select' || plan.kind === 'declare') return plan;
    return this.#compileWith(statement, parameterTypes, this.definitionSettings);
  }

  get definitionSettings(): DialectSettings {
    const { dialect } = this.settings;
    return dialect.describeFieldNameInUppercase ? { ...dialect, describeFieldNameInUppercase: false } : dialect;
  }

  columnsOf(plan: Plan): readonly OutputColumn[] | undefined {
    return isUnsupported(plan) ? undefined : executorOf(plan).columns?.(this, plan);
  }

  async run(context: StatementContext, plan: Plan): Promise<ExecutionResult> {
    const runnable = supported(plan);
    if (this.settings.isOn('transaction_read_only') && effectOf(runnable) === 'writes')
      throw new DuckshiftError('25006', 'transaction is read-only');
    const alone = runsAlone(runnable);
    if (alone !== undefined && this.transaction.inBlock)
      throw new DuckshiftError('25001', `${alone} cannot run inside a transaction block`);
    return executorOf(runnable).execute(context, runnable);
  }

  parseKept(text: string): readonly ParsedStatement[] {
    return parseStatements(text);
  }

  #compileWith(
    statement: ParsedStatement,
    parameterTypes: readonly (RedshiftType | undefined)[],
    settings: DialectSettings,
  ): Plan {
    const { catalog, system } = this.services;
    const lookup = createLookup({
      snapshot: this.transaction.snapshot,
      searchPath: this.settings.searchPath,
      user: this.user,
      streams: streamMode(statement),
      forDelete: statement.node.kind === 'delete' || statement.node.kind === 'truncate',
      temporary: this.transaction.temporary,
      temporarySchema: temporarySchemaOf(this.processId),
      otherDatabase: (name) => catalog.snapshot(name),
      system,
    });
    return compile(statement, { catalog: lookup, settings, parameterTypes });
  }

  #lateColumns({ schema, name }: ViewEntry): readonly OutputColumn[] | undefined {
    const [statement] = parseStatements(`SELECT * FROM ${quoteIdentifier(schema)}.${quoteIdentifier(name)}`);
    try {
      return statement === undefined ? undefined : this.columnsOf(this.compile(statement, []));
    } catch (error) {
      if (error instanceof SqlError || error instanceof DuckshiftError) return undefined;
      throw error;
    }
  }

  #plan(handle: Handle, parameterTypes: readonly (RedshiftType | undefined)[]): Plan {
    const basis: PlanBasis = {
      snapshot: this.transaction.snapshot,
      temporary: this.transaction.temporary,
      settings: this.settings.dialect,
      searchPath: this.settings.searchPath,
    };
    const types = parameterTypes.length === 0 ? '' : JSON.stringify(parameterTypes);
    const kept = handle.plan(types, basis);
    if (kept !== undefined) return kept;
    const plan = this.compile(handle.parsed, parameterTypes);
    handle.keep(types, basis, plan);
    return plan;
  }

  #refuseWhenFailed(statement: ParsedStatement): void {
    if (!this.transaction.isFailed || endsTransaction.has(statement.node.kind)) return;
    throw new DuckshiftError(
      '25P02',
      'current transaction is aborted, commands ignored until end of transaction block',
    );
  }
}

/** Streams are relations in the definition of a materialized view only. */
function streamMode(statement: ParsedStatement): StreamMode {
  return statement.node.kind === 'create_materialized_view' ? { mode: 'definition' } : { mode: 'refuse' };
}
