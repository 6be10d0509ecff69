import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { startDuckshift } from '../../src/index.js';
import { percentile, report, timed } from './figures.js';

/**
 * `SELECT 1` through pg, beside the same statement on DuckDB without a server. Rounds alternate, so that noise meets
 * both alike.
 */

const rounds = 10;
const perRound = 300;

const duckshift = await startDuckshift();
const client = new pg.Client({ connectionString: duckshift.connectionString });
await client.connect();
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();

const throughPg = () => timed(() => client.query('SELECT 1'));
const withParameter = () => timed(() => client.query('SELECT $1::int', [1]));
const direct = () => timed(async () => (await connection.run('SELECT 1')).fetchChunk());

async function sample(work: () => Promise<number>, into: number[]): Promise<void> {
  for (let i = 0; i < perRound; i++) into.push(await work());
}

await sample(throughPg, []);
await sample(direct, []);
const wire: number[] = [];
const extended: number[] = [];
const bare: number[] = [];
for (let round = 0; round < rounds; round++) {
  await sample(throughPg, wire);
  await sample(withParameter, extended);
  await sample(direct, bare);
}
await client.end();
await duckshift.stop();
connection.closeSync();
instance.closeSync();

const p50 = percentile(wire, 0.5);
const bareP50 = percentile(bare, 0.5);
report({
  name: 'select-one',
  figures: [
    { what: 'SELECT 1 through pg, p50', value: p50, unit: 'ms', target: '< 1' },
    { what: 'SELECT 1 through pg, p99', value: percentile(wire, 0.99), unit: 'ms' },
    { what: 'SELECT $1::int through pg, p50', value: percentile(extended, 0.5), unit: 'ms' },
    { what: 'SELECT 1 on DuckDB directly, p50', value: bareP50, unit: 'ms' },
    { what: 'the server on top of DuckDB, p50', value: p50 - bareP50, unit: 'ms', target: '<= 0.2' },
  ],
});
