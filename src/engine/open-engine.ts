import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Logger } from '../base/log.js';
import { silentLogger } from '../base/log.js';
import { DataDirectory } from './data-directory.js';
import { DuckDBInstance } from './duckdb.js';
import { DuckdbEngine } from './engine.js';

export interface EngineOptions {
  /** Keep databases in this directory; without it everything is in memory. */
  readonly dataDirectory?: string | undefined;
  /** Databases to attach (and create when missing) besides those the data directory holds. */
  readonly databases?: readonly string[] | undefined;
  /** DuckDB's memory limit in bytes. Default: half of what the process may use. */
  readonly memoryLimitBytes?: number | undefined;
  readonly log?: Logger | undefined;
}

const mebibyte = 1024 * 1024;
/** Below this DuckDB cannot run ordinary queries with 2 threads. */
const leastMemoryBytes = 256 * mebibyte;

/**
 * Start DuckDB: one instance in memory, to which each Redshift database is attached as a catalog of its own.
 *
 * @throws StartError when the data directory is in use, of an unknown format or not usable.
 */
export async function openEngine(options: EngineOptions = {}): Promise<DuckdbEngine> {
  const log = options.log ?? silentLogger;
  const directory = options.dataDirectory === undefined ? undefined : DataDirectory.open(options.dataDirectory);
  const spill = directory?.spillDirectory ?? join(tmpdir(), `duckshift-${process.pid}-${randomUUID()}`);
  const release = (): void => {
    if (directory === undefined) rmSync(spill, { recursive: true, force: true });
    else directory.release();
  };
  try {
    mkdirSync(spill, { recursive: true });
    const instance = await DuckDBInstance.create(':memory:', {
      temp_directory: spill,
      memory_limit: `${Math.floor(memoryLimit(options) / mebibyte)}MiB`,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      integer_division: 'true',
      default_null_order: 'nulls_last_on_asc_first_on_desc',
      preserve_identifier_case: 'false',
      errors_as_json: 'true',
    });
    const system = await instance.connect();
    await configure(system, directory?.path ?? spill);
    const engine = new DuckdbEngine({ instance, system, directory, release, log });
    const names = new Set([...(directory?.databases() ?? []), ...(options.databases ?? [])]);
    try {
      for (const name of names) await engine.attachDatabase(name);
    } catch (error) {
      await engine.close();
      throw error;
    }
    return engine;
  } catch (error) {
    release();
    throw error;
  }
}

/** SQL reaches no file but those in `directory`; the time zone is every session's default. */
async function configure(system: DuckDBConnection, directory: string): Promise<void> {
  await system.run(`SET GLOBAL allowed_directories = ['${directory.replaceAll("'", "''")}']`);
  await system.run('SET GLOBAL enable_external_access = false');
  await system.run("SET GLOBAL TimeZone = 'UTC'");
}

function memoryLimit({ memoryLimitBytes }: EngineOptions): number {
  if (memoryLimitBytes !== undefined) return Math.max(memoryLimitBytes, leastMemoryBytes);
  const constrained = process.constrainedMemory();
  const available = constrained !== undefined && constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.max(Math.floor(available / 2), leastMemoryBytes);
}
