import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../base/start-error.js';
import type { Session } from '../session/contract.js';
import { runQuery } from '../session/run-query.js';
import type { Config } from './config.js';

/** Marks, inside a data directory, that its seeds have run. */
const markerName = 'seeded';

/**
 * Run the SQL of `--init` or `--init-dir` in `session`, once per data directory (`again` runs it in any case, after a
 * reset).
 *
 * @throws StartError naming the file and what is wrong with it.
 */
export async function runSeeds(config: Config, session: Session, again = false): Promise<void> {
  const files = await seedFiles(config);
  const marker = config.data === undefined ? undefined : join(config.data, markerName);
  if (files.length === 0 || (!again && marker !== undefined && (await exists(marker)))) return;
  for (const file of files) {
    try {
      await runQuery(session, await readFile(file, 'utf8'));
    } catch (error) {
      const position = error instanceof Error && 'position' in error ? error.position : undefined;
      const where = typeof position === 'number' ? ` at character ${position}` : '';
      throw new StartError(`${file}${where}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  if (marker !== undefined) await writeFile(marker, `${files.join('\n')}\n`);
}

async function seedFiles({ init, initDir }: Config): Promise<string[]> {
  if (init !== undefined) return [init];
  if (initDir === undefined) return [];
  const names = await readdir(initDir).catch((error: unknown) => {
    throw new StartError(`cannot read the directory ${initDir} of --init-dir`, { cause: error });
  });
  return names
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => join(initDir, name));
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
