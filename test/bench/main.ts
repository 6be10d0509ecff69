import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BenchmarkResult, meets } from './figures.js';

/**
 * Every benchmark, in a process of its own so that none warms or disturbs another. Name some on the command line to run
 * only those.
 */
const benchmarks = [
  'cold-start',
  'select-one',
  'connections',
  'rows-to-psql',
  'empty-refresh',
  'drain',
  'throughput',
  'stored-size',
  'put-to-visible',
  'idle-views',
  'endurance',
];

async function run(name: string): Promise<BenchmarkResult> {
  const child = fork(fileURLToPath(new URL(`./${name}.js`, import.meta.url)), {
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
  });
  const results: BenchmarkResult[] = [];
  child.on('message', (message: BenchmarkResult) => results.push(message));
  const [code] = await once(child, 'exit');
  const result = results.at(-1);
  if (code !== 0 || result === undefined) throw new Error(`benchmark ${name} failed with status ${code}`);
  return result;
}

function print({ name, figures }: BenchmarkResult): void {
  console.log(`\n${name}`);
  for (const { what, value, unit, target } of figures) {
    const text = value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
    const verdict =
      target === undefined ? '' : `   target ${target} ${unit}: ${meets(value, target) ? 'met' : 'MISSED'}`;
    console.log(`  ${what.padEnd(60)} ${text.padStart(8)} ${unit.padEnd(10)}${verdict}`);
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benchmarks.includes(name));
if (unknown.length > 0) {
  console.error(`unknown benchmark ${unknown.join(', ')}; there are ${benchmarks.join(', ')}`);
  process.exit(2);
}
const results: BenchmarkResult[] = [];
for (const name of wanted.length > 0 ? wanted : benchmarks) {
  const result = await run(name);
  print(result);
  results.push(result);
}
mkdirSync('test-results', { recursive: true });
writeFileSync('test-results/bench.json', `${JSON.stringify(results, undefined, 2)}\n`);
console.log('\nThe figures as JSON: test-results/bench.json');
