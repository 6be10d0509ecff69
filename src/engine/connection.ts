import type {
  DuckDBConnection,
  DuckDBMaterializedResult,
  DuckDBPreparedStatement,
  DuckDBValue,
} from '@duckdb/node-api';
import type { OutputColumn } from '../../sql-dialect/plan.js';
import { DuckshiftError } from '../base/errors.js';
import type { Logger } from '../base/log.js';
import type { Semaphore } from '../base/semaphore.js';
import type { EngineConnection, EngineInteger, EngineValue, QueryOptions, TextResult } from './contract.js';
import { DuckDBBlobValue } from './duckdb.js';
import { redshiftTypeOf } from './duckdb-type.js';
import { engineError } from './engine-error.js';
import type { NativeMemory } from './native-memory.js';
import { mayBeCached, PlanCache } from './plan-cache.js';
import { formattedQuery } from './text-format.js';
import { MaterializedTextResult } from './text-result.js';

/**
 * DuckDB loses an interrupt that comes before the statement has reached its thread, so it is repeated until the
 * statement ends.
 */
const interruptIntervalMs = 5;

/**
 * What may change the value of an expression that DuckDB has folded. Plans of texts that read variables are not cached.
 */
const changesSetting = /^SET (?!VARIABLE\b)/;

interface ActiveStatement {
  interrupted: boolean;
  /** Stops waiting for a permit. */
  abandon: () => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * One DuckDB connection. Statements of one connection run one after another; those of different connections side by
 * side, as far as there are permits.
 */
export class Connection implements EngineConnection {
  readonly #active = new Set<ActiveStatement>();
  readonly #settled = new Set<Promise<unknown>>();
  readonly #plans = new PlanCache();
  #closed = false;
  #extraFloatDigits = 0;

  constructor(
    private readonly duckdb: DuckDBConnection,
    private readonly permits: Semaphore,
    private readonly log: Logger,
    private readonly memory: NativeMemory,
    private readonly onClose: (connection: Connection) => void,
  ) {}

  run(sql: string, parameters?: readonly EngineValue[]): Promise<number> {
    return this.#perform(sql, async () => {
      const { rowsChanged } = await this.#execute(sql, parameters);
      if (changesSetting.test(sql)) this.#plans.clear();
      return rowsChanged;
    });
  }

  query(
    sql: string,
    columns: readonly OutputColumn[],
    parameters?: readonly EngineValue[],
    { readsNothing = false }: QueryOptions = {},
  ): Promise<TextResult> {
    return this.#perform(sql, async () => {
      const typed = columns.some((column) => column.type.id === 'unknown')
        ? await this.#resolve(sql, columns)
        : columns;
      const formatted = formattedQuery(sql, typed, this.#extraFloatDigits);
      const execute =
        readsNothing && mayBeCached(sql)
          ? this.#executeKept(formatted, parameters)
          : this.#execute(formatted, parameters);
      return new MaterializedTextResult(await execute, this.memory);
    });
  }

  setExtraFloatDigits(digits: number): void {
    this.#extraFloatDigits = digits;
  }

  rows(sql: string, parameters?: readonly EngineValue[]): Promise<Record<string, unknown>[]> {
    return this.#perform(sql, async () => {
      const rows = await (await this.#execute(sql, parameters)).getRowObjects();
      return rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)])),
      );
    });
  }

  interrupt(): void {
    for (const statement of this.#active) {
      if (statement.interrupted) continue;
      statement.interrupted = true;
      statement.abandon();
      if (!this.#closed) this.duckdb.interrupt();
      statement.timer = setInterval(() => this.duckdb.interrupt(), interruptIntervalMs);
    }
  }

  /** Stops what runs and gives the connection back. An open transaction is rolled back. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.interrupt();
    this.#closed = true;
    await Promise.allSettled(this.#settled);
    this.#plans.clear();
    this.duckdb.disconnectSync();
    this.onClose(this);
  }

  #perform<T>(sql: string, work: () => Promise<T>): Promise<T> {
    const promise = this.#performWithPermit(sql, work);
    this.#settled.add(promise);
    const forget = (): boolean => this.#settled.delete(promise);
    promise.then(forget, forget);
    return promise;
  }

  async #performWithPermit<T>(sql: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new DuckshiftError('08003', 'the connection is closed');
    const acquisition = this.permits.acquire();
    const statement: ActiveStatement = { interrupted: false, abandon: acquisition.abandon, timer: undefined };
    this.#active.add(statement);
    let acquired = false;
    try {
      acquired = acquisition.acquired === undefined || (await acquisition.acquired);
      if (!acquired || statement.interrupted) throw new DuckshiftError('57014', "Query cancelled on user's request");
      return await work();
    } catch (error) {
      throw engineError(error, sql, this.log);
    } finally {
      clearInterval(statement.timer);
      this.#active.delete(statement);
      if (acquired) this.permits.release();
    }
  }

  async #execute(sql: string, parameters: readonly EngineValue[] | undefined): Promise<DuckDBMaterializedResult> {
    if (parameters === undefined || parameters.length === 0) return this.duckdb.run(sql);
    const prepared = await this.duckdb.prepare(sql);
    try {
      return await runPrepared(prepared, parameters);
    } finally {
      prepared.destroySync();
    }
  }

  /** The same, keeping the plan of a text that comes again. */
  async #executeKept(sql: string, parameters: readonly EngineValue[] = []): Promise<DuckDBMaterializedResult> {
    const { plan, again } = this.#plans.take(sql);
    if (!again) {
      const result = await this.#execute(sql, parameters);
      this.#plans.keep(sql, undefined);
      return result;
    }
    const prepared = plan ?? (await this.duckdb.prepare(sql));
    try {
      const result = await runPrepared(prepared, parameters);
      this.#plans.keep(sql, prepared);
      return result;
    } catch (error) {
      prepared.destroySync();
      throw error;
    }
  }

  /** Columns of unknown type get the type DuckDB gives them. */
  async #resolve(sql: string, columns: readonly OutputColumn[]): Promise<OutputColumn[]> {
    const prepared = await this.duckdb.prepare(sql);
    try {
      return columns.map((column, index) =>
        column.type.id === 'unknown' && index < prepared.columnCount
          ? { ...column, type: redshiftTypeOf(prepared.columnTypeId(index)) }
          : column,
      );
    } finally {
      prepared.destroySync();
    }
  }
}

function runPrepared(
  prepared: DuckDBPreparedStatement,
  parameters: readonly EngineValue[],
): Promise<DuckDBMaterializedResult> {
  const count = Math.min(parameters.length, prepared.parameterCount);
  for (let index = 0; index < count; index++) bind(prepared, index + 1, parameters[index] ?? null);
  return prepared.run();
}

function bind(prepared: DuckDBPreparedStatement, index: number, value: EngineValue): void {
  if (value === null) prepared.bindNull(index);
  else if (typeof value === 'string') prepared.bindVarchar(index, value);
  else if (typeof value === 'boolean') prepared.bindBoolean(index, value);
  else if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) === value) prepared.bindBigInt(index, value);
    else prepared.bindHugeInt(index, value);
  } else if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) prepared.bindBigInt(index, BigInt(value));
    else prepared.bindDouble(index, value);
  } else if ('bits' in value) bindInteger(prepared, index, value);
  else prepared.bindBlob(index, value);
}

function bindInteger(prepared: DuckDBPreparedStatement, index: number, { bits, value }: EngineInteger): void {
  if (bits === 16) prepared.bindSmallInt(index, Number(value));
  else if (bits === 32) prepared.bindInteger(index, Number(value));
  else prepared.bindBigInt(index, value);
}

function plainValue(value: DuckDBValue): unknown {
  if (value instanceof DuckDBBlobValue) return value.bytes;
  return typeof value === 'object' && value !== null ? String(value) : value;
}
