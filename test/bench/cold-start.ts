import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startDuckshiftProcess } from './duckshift-process.js';
import { median, report } from './figures.js';

/** From the start of the process to the ready line, and to the first row of `SELECT 1` over the wire. */

const rounds = 7;
const inProcess = fileURLToPath(new URL('./in-process-start.js', import.meta.url));

async function startOnce(): Promise<{ ready: number; firstRow: number }> {
  const start = performance.now();
  const duckshift = await startDuckshiftProcess();
  try {
    const ready = performance.now() - start;
    const client = new pg.Client({ ...duckshift.address, password: 'any' });
    await client.connect();
    await client.query('SELECT 1');
    const firstRow = performance.now() - start;
    await client.end();
    return { ready, firstRow };
  } finally {
    await duckshift.stop();
  }
}

/** Milliseconds from the call of `startDuckshift` to the first row, as a fresh process reports it. */
async function startInProcess(): Promise<number> {
  const child = spawn(process.execPath, [inProcess], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) output += chunk;
  await exited;
  return Number(output);
}

const samples: { ready: number; firstRow: number }[] = [];
const inProcessSamples: number[] = [];
for (let round = 0; round < rounds; round++) {
  samples.push(await startOnce());
  inProcessSamples.push(await startInProcess());
}
report({
  name: 'cold-start',
  figures: [
    {
      what: 'process start to ready, median',
      value: median(samples.map((s) => s.ready)),
      unit: 'ms',
      target: '< 1000',
    },
    {
      what: 'process start to first row of SELECT 1, median',
      value: median(samples.map((s) => s.firstRow)),
      unit: 'ms',
      target: '< 1000',
    },
    { what: 'startDuckshift() to first row, median', value: median(inProcessSamples), unit: 'ms', target: '< 400' },
  ],
});
