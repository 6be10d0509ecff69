import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { median, report } from './figures.js';

/** From the start of the process to the ready line, and to the first row of `SELECT 1` over the wire. */

const rounds = 7;
const launcher = fileURLToPath(new URL('../../src/cli/launcher.cjs', import.meta.url));
const inProcess = fileURLToPath(new URL('./in-process-start.js', import.meta.url));

async function startOnce(): Promise<{ ready: number; firstRow: number }> {
  const start = performance.now();
  const flags = [
    '--port',
    '0',
    '--http-port',
    '0',
    '--kinesis-port',
    '0',
    '--log-format',
    'json',
    '--log-level',
    'error',
  ];
  const child = spawn(process.execPath, [launcher, 'start', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const ready = performance.now() - start;
      const { pg: address }: { pg: { host: string; port: number } } = JSON.parse(line);
      const client = new pg.Client({ ...address, user: 'awsuser', password: 'any', database: 'dev' });
      await client.connect();
      await client.query('SELECT 1');
      const firstRow = performance.now() - start;
      await client.end();
      return { ready, firstRow };
    }
    throw new Error('the server did not start');
  } finally {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
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
