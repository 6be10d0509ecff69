import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The compiled file that a worker thread or child process starts from.
 *
 * Child processes and threads run compiled JavaScript only, while tests run the TypeScript sources in place. Called
 * from a source file this gives the file of the last build below `dist/`.
 *
 * @param relative path below `src`, with its `.js` suffix, as in `streams/kinesis/reader-worker.js`
 * @throws Error when the file was not built yet
 */
export function entryPoint(relative: string): string {
  const base = import.meta.url.endsWith('.ts') ? '../../dist/src/' : '../';
  const path = fileURLToPath(new URL(`${base}${relative}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is missing; run npm run build`);
  return path;
}
