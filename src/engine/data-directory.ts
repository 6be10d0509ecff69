import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../base/start-error.js';
import { lockDataDirectory } from './data-directory-lock.js';

/**
 * The format of a data directory that this version writes; it reads the earlier ones too. The catalog's migrations lead
 * from one to the next, and count the same formats.
 */
export const dataFormat = 4;
const formatFileName = 'duckshift.format';
const databaseSuffix = '.duckdb';

/** The directory that keeps databases, held by this engine until `release`. */
export class DataDirectory {
  private constructor(
    /** Real path. */
    readonly path: string,
    readonly release: () => void,
  ) {}

  /**
   * Create the directory when missing, lock it and check its format.
   *
   * @throws StartError when another engine holds it, when its format is unknown, or when it cannot be used.
   */
  static open(directory: string): DataDirectory {
    const path = makeDirectory(directory);
    const release = lockDataDirectory(path);
    try {
      requireReadableFormat(path);
      const format = join(path, formatFileName);
      if (!existsSync(format)) writeFileSync(format, `${dataFormat}\n`);
      mkdirSync(join(path, 'spill'), { recursive: true });
      return new DataDirectory(path, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Say that everything in the directory has this version's format: earlier versions refuse it from now on. */
  recordFormat(): void {
    const file = join(this.path, formatFileName);
    if (readFileSync(file, 'utf8').trim() === String(dataFormat)) return;
    writeFileSync(`${file}.new`, `${dataFormat}\n`);
    renameSync(`${file}.new`, file);
  }

  /** Where DuckDB spills what does not fit in memory. */
  get spillDirectory(): string {
    return join(this.path, 'spill');
  }

  databaseFile(name: string): string {
    return join(
      this.path,
      `${encodeURIComponent(name).replaceAll('.', '%2E').replaceAll('*', '%2A')}${databaseSuffix}`,
    );
  }

  /** Names of the databases kept here, sorted. */
  databases(): string[] {
    return readdirSync(this.path)
      .filter((file) => file.endsWith(databaseSuffix))
      .map((file) => decodeURIComponent(file.slice(0, -databaseSuffix.length)))
      .sort();
  }

  removeDatabase(name: string): void {
    const file = this.databaseFile(name);
    for (const path of [file, `${file}.wal`]) rmSync(path, { force: true });
  }
}

function makeDirectory(directory: string): string {
  try {
    mkdirSync(directory, { recursive: true });
    return realpathSync(directory);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`the data directory ${directory} cannot be used: ${reason}; choose another with --data DIR`, {
      cause: error,
    });
  }
}

/**
 * Refuse a data directory that this version cannot read, before anything is opened in it. One that is missing, or not
 * marked yet, is left alone.
 *
 * @throws StartError for a newer format or for database files of another program
 */
export function requireReadableFormat(path: string): void {
  const file = join(path, formatFileName);
  if (!existsSync(file)) {
    if (existsSync(path) && readdirSync(path).some((name) => name.endsWith(databaseSuffix)))
      throw new StartError(
        `${path} holds database files but no ${formatFileName}: it is not a duckshift data directory`,
      );
    return;
  }
  const text = readFileSync(file, 'utf8').trim();
  if (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= dataFormat) return;
  throw new StartError(
    `the data directory ${path} has format ${JSON.stringify(text)}; this version of duckshift knows formats up to ${dataFormat}; use the version that wrote it, or another --data directory`,
  );
}
