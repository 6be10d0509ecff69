import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MaterializedViewEntry } from '../../src/catalog/contract.js';
import { openFixture } from './open-fixture.js';
import type { RefreshFixture } from './refresh-fixture.js';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'duckshift-refresh-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function storedView(fixture: RefreshFixture, name: string): MaterializedViewEntry {
  const entry = fixture.catalog.snapshot('dev')?.relation('public', name);
  if (entry?.kind !== 'materialized_view') throw new Error(`no view ${name}`);
  return entry;
}

describe('after a restart', () => {
  it('a view goes on where it ended', async () => {
    const dataDirectory = directory();
    const first = await openFixture({ dataDirectory });
    first.streams.create('clicks');
    first.streams.put('clicks', ['a', 'b', 'c', 'd']);
    await first.refresh(
      await first.createView('mv', 'SELECT decode(kinesis_data) AS d FROM {kds.clicks}', { d: 'varchar' }),
    );
    const gone = await first.createView('gone', 'SELECT decode(kinesis_data) AS d FROM {kds.clicks}', { d: 'varchar' });
    await first.refresh(gone);
    await first.dropView(gone);
    await first.close();

    const second = await openFixture({ dataDirectory });
    second.streams.create('clicks');
    second.streams.put('clicks', ['a', 'b', 'c', 'd', 'e']);
    expect(await second.rows('SELECT count(*) AS n FROM dev.duckshift.stream_checkpoints')).toEqual([{ n: 1n }]);
    await second.refresh(storedView(second, 'mv'));
    expect((await second.rows('SELECT d FROM dev.public.mv ORDER BY d')).map(({ d }) => d)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    const ids = await second.rows('SELECT transaction_id AS id FROM dev.duckshift.mv_refresh_history ORDER BY id');
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
  });

  it('a killed process has stored each record once or not at all, and the rest comes', async () => {
    const dataDirectory = directory();
    for (let round = 0; round < 2; round++) {
      const child = startRefreshing(dataDirectory);
      const lines = createInterface({ input: child.stdout });
      let refreshes = 0;
      for await (const _line of lines) if (++refreshes === 3 + round * 2) break;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const fixture = await openFixture({ dataDirectory });
    fixture.streams.create('clicks');
    const records = Array.from({ length: 2_000 }, (_unused, n) => String(n));
    fixture.streams.put('clicks', records);
    const before = await fixture.count('mv');
    expect(before).toBeGreaterThan(0);
    const [last] = await fixture.rows(
      'SELECT max(d::INTEGER) AS n, count(DISTINCT d)::INTEGER AS k FROM dev.public.mv',
    );
    expect(last).toEqual({ n: before - 1, k: before });
    await fixture.refresh(storedView(fixture, 'mv'));
    expect(
      await fixture.rows('SELECT count(*)::INTEGER AS n, count(DISTINCT d)::INTEGER AS k FROM dev.public.mv'),
    ).toEqual([{ n: 2_000, k: 2_000 }]);
  }, 120_000);
});

function startRefreshing(dataDirectory: string): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const loader = new URL('../child/typescript.mjs', import.meta.url).href;
  const script = fileURLToPath(new URL('./refresh-forever.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', loader, script, dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}
