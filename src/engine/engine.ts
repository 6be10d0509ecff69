import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteIdentifier, quoteLiteral } from '../../sql-dialect/duckdb/quote.js';
import { DuckshiftError } from '../base/errors.js';
import type { Logger } from '../base/log.js';
import { Semaphore } from '../base/semaphore.js';
import { StartError } from '../base/start-error.js';
import type { StreamBatch } from '../streams/contract.js';
import { BatchRegistry } from './batch-function.js';
import { Connection } from './connection.js';
import type { Engine, EngineConnection, SessionControl } from './contract.js';
import type { DataDirectory } from './data-directory.js';
import { engineError } from './engine-error.js';
import { NativeMemory } from './native-memory.js';
import { concurrentStatements } from './thread-pool.js';
import { registerUserFunctions } from './user-functions/register.js';

/** Schema of the server's own tables in every database; no statement of a client can name it. */
export const hiddenSchema = 'duckshift';

/** Catalogs of DuckDB's own. */
const reservedDatabases: ReadonlySet<string> = new Set(['memory', 'system', 'temp']);

export interface EngineDeps {
  readonly instance: DuckDBInstance;
  /** A connection for attaching and checkpoints. */
  readonly system: DuckDBConnection;
  readonly directory: DataDirectory | undefined;
  /** Gives back the data directory or the spill directory. */
  readonly release: () => void;
  readonly log: Logger;
}

/** The one DuckDB instance of a server. */
export class DuckdbEngine implements Engine {
  readonly #parts: EngineDeps;
  readonly #permits = new Semaphore(concurrentStatements());
  readonly #batches = new BatchRegistry();
  readonly #memory = new NativeMemory();
  readonly #connections = new Set<Connection>();
  readonly #databases = new Set<string>();
  #control: SessionControl | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: EngineDeps) {
    this.#parts = parts;
    this.#batches.install(parts.system);
    registerUserFunctions(parts.system, {
      cancelBackend: (processId) => this.#control?.cancelBackend(processId) ?? false,
      terminateBackend: (processId) => this.#control?.terminateBackend(processId) ?? false,
    });
  }

  controlSessions(control: SessionControl): void {
    this.#control = control;
  }

  /** Names of the attached databases, in the order they were attached. */
  /** See `DataDirectory.recordFormat`; in memory there is nothing to record. */
  recordFormat(): void {
    this.#parts.directory?.recordFormat();
  }

  databases(): readonly string[] {
    return [...this.#databases];
  }

  async connect(): Promise<EngineConnection> {
    this.#assertOpen();
    const duckdb = await this.#parts.instance.connect();
    const connection = new Connection(duckdb, this.#permits, this.#parts.log, this.#memory, (closed) =>
      this.#connections.delete(closed),
    );
    this.#connections.add(connection);
    return connection;
  }

  async attachDatabase(name: string): Promise<void> {
    this.#assertOpen();
    if (this.#databases.has(name)) return;
    if (reservedDatabases.has(name.toLowerCase()))
      throw new DuckshiftError('42939', `database name "${name}" is reserved by duckshift`);
    const { directory } = this.#parts;
    const file = directory?.databaseFile(name) ?? ':memory:';
    const catalog = quoteIdentifier(name);
    try {
      await this.#parts.system.run(`ATTACH ${quoteLiteral(file)} AS ${catalog}`);
    } catch (error) {
      throw directory === undefined ? engineError(error, 'ATTACH', this.#parts.log) : attachFailure(error, file);
    }
    for (const schema of ['public', hiddenSchema])
      await this.#system(`CREATE SCHEMA IF NOT EXISTS ${catalog}.${quoteIdentifier(schema)}`);
    this.#databases.add(name);
  }

  async detachDatabase(name: string): Promise<void> {
    this.#assertOpen();
    if (!this.#databases.has(name)) throw new DuckshiftError('3D000', `database "${name}" does not exist`);
    await this.#system(`DETACH ${quoteIdentifier(name)}`);
    this.#databases.delete(name);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.detachDatabase(name);
    this.#parts.directory?.removeDatabase(name);
  }

  registerBatch(batch: StreamBatch): number {
    return this.#batches.register(batch);
  }

  releaseBatch(id: number): void {
    this.#batches.release(id);
  }

  async checkpoint(): Promise<void> {
    this.#assertOpen();
    if (this.#parts.directory === undefined) return;
    for (const name of this.#databases) {
      // What is committed is safe in the log already; while a transaction is open, the log stays.
      await this.#parts.system.run(`CHECKPOINT ${quoteIdentifier(name)}`).catch((error: unknown) => {
        this.#parts.log.debug('a checkpoint was put off', { database: name, error: String(error) });
      });
    }
  }

  get busy(): boolean {
    return this.#permits.waiting > 0;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { system, instance, release, log } = this.#parts;
    await Promise.all([...this.#connections].map((connection) => connection.close()));
    for (const name of this.#databases) {
      // Detaching writes the log into the file. A database that cannot be written now is replayed from its log at the
      // next start.
      await system.run(`DETACH ${quoteIdentifier(name)}`).catch((error: unknown) => {
        log.warn('a database was closed without a checkpoint', { database: name, error: String(error) });
      });
    }
    system.disconnectSync();
    instance.closeSync();
    release();
  }

  async #system(sql: string): Promise<void> {
    try {
      await this.#parts.system.run(sql);
    } catch (error) {
      throw engineError(error, sql, this.#parts.log);
    }
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw new DuckshiftError('57P01', 'the server is shutting down');
  }
}

/** Words of a failed ATTACH of a file: who holds it, or that it is not a database. */
function attachFailure(error: unknown, file: string): StartError {
  const text = error instanceof Error ? error.message : String(error);
  const holder = /lock is held in [^(]*\(PID (\d+)\)/.exec(text)?.[1];
  if (holder !== undefined)
    return new StartError(
      `${file} is in use by process ${holder}; stop it or choose another directory with --data DIR`,
      {
        cause: error,
      },
    );
  return new StartError(`${file} cannot be opened as a database: ${text}`, { cause: error });
}
