import pg from 'pg';
import { type Address, startDuckshiftProcess } from './duckshift-process.js';
import { type Figure, median, report, timed } from './figures.js';
import { startPostgres } from './peer-postgres.js';

/**
 * Connections made per second, each with one `SELECT 1` and a proper end, one after another and eight at a time;
 * duckshift and PostgreSQL in turn, without TLS.
 */

const rounds = 5;
const perRound = 400;

async function connectOnce(address: Address): Promise<void> {
  const client = new pg.Client({ ...address, password: 'any' });
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
}

/** Connections per second, `width` at a time. */
async function rate(address: Address, width: number): Promise<number> {
  let left = perRound;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await connectOnce(address);
  };
  const ms = await timed(() => Promise.all(Array.from({ length: width }, lane)));
  return (perRound / ms) * 1_000;
}

const postgres = await startPostgres();
const duckshift = await startDuckshiftProcess('--tls', 'off');
const ours = duckshift.address;
try {
  const figures: Figure[] = [];
  for (const width of [1, 8]) {
    const here: number[] = [];
    const there: number[] = [];
    await rate(ours, width);
    for (let round = 0; round < rounds; round++) {
      there.push(await rate(postgres.address, width));
      here.push(await rate(ours, width));
    }
    const how = width === 1 ? 'one after another' : `${width} at a time`;
    figures.push(
      { what: `connections, ${how}, duckshift`, value: median(here), unit: 'per s' },
      { what: `connections, ${how}, PostgreSQL ${postgres.version}`, value: median(there), unit: 'per s' },
      { what: `${how}, duckshift to PostgreSQL`, value: median(here) / median(there), unit: 'x', target: '>= 1' },
    );
  }
  report({ name: 'connections', figures });
} finally {
  await duckshift.stop();
  await postgres.stop();
}
