import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The compiled file that a worker thread or child process starts from.
 *
 * Child processes and threads run compiled JavaScript only, while tests run the TypeScript sources in place. Called
 * from a source file this gives the file of the last build below `dist/`, which must not be older than a source.
 *
 * @param relative path below `src`, with its `.js` suffix, as in `streams/kinesis/reader-worker.js`
 * @throws Error when the file was not built yet, or a source was changed since
 */
export function entryPoint(relative: string): string {
  const fromSource = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(new URL(`${fromSource ? '../../dist/src/' : '../'}${relative}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is missing; run npm run build`);
  if (fromSource) requireFreshBuild();
  return path;
}

let fresh = false;

/** Looked at once in a process: a test that runs for long may outlive an edit. */
function requireFreshBuild(): void {
  if (fresh) return;
  const changed = sourceNewerThanBuild(new URL('../../', import.meta.url));
  if (changed !== undefined) throw new Error(`${changed} is newer than dist; run npm run build`);
  fresh = true;
}

/**
 * A source file of the checkout at `root` that was changed after its last build, if there is one.
 *
 * @param root directory URL that ends in a slash
 */
export function sourceNewerThanBuild(root: URL): string | undefined {
  const built = statSync(new URL('dist/.tsbuildinfo', root), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  for (const folder of ['src/', 'sql-dialect/']) {
    const url = new URL(folder, root);
    const changed = readdirSync(url, { recursive: true, encoding: 'utf8' }).find(
      (name) => /[.]c?ts$/.test(name) && statSync(new URL(name, url)).mtimeMs > built,
    );
    if (changed !== undefined) return `${folder}${changed}`;
  }
  return undefined;
}
