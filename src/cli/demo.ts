import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readConfig } from '../server/config.js';
import { startServer } from '../server/server.js';
import type { StreamControl, StreamRecord } from '../streams/kinesis/stream-control.js';
import { announce, psqlLine } from './announce.js';
import { parseArguments } from './arguments.js';
import { resultTable } from './result-table.js';
import { untilStopped } from './signals.js';

const streamName = 'click-stream';
const firstEvents = 500;
const eventsPerTick = 20;
const tickMillis = 500;

/** The README's statements. */
const statements = [
  'CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default',
  `CREATE MATERIALIZED VIEW clicks AUTO REFRESH YES AS
  SELECT approximate_arrival_timestamp, JSON_PARSE(kinesis_data) AS data
  FROM kds."${streamName}" WHERE CAN_JSON_PARSE(kinesis_data)`,
  'REFRESH MATERIALIZED VIEW clicks',
  'SELECT data.user_id::int, count(*) FROM clicks GROUP BY 1 ORDER BY 1',
];

/**
 * `duckshift demo`: start everything, create a stream, produce events, run the README's SQL through the Postgres port,
 * print the rows and keep producing until stopped (`--once` exits instead).
 */
export async function demo(args: readonly string[]): Promise<number> {
  const { flags, switches } = parseArguments(args, { server: true, switches: ['once'] });
  const config = readConfig({ 'log-level': 'warn', ...flags }, process.env);
  const server = await startServer(config);
  announce(server, config);

  const streams = await server.streams();
  await streams.create(streamName, 2);
  await streams.put(streamName, events(0, firstEvents));
  process.stdout.write(
    `\nStream "${streamName}" (2 shards) holds ${firstEvents} events. The SQL, through the Postgres port:\n`,
  );

  const { host, port } = server.addresses.pg;
  const client = new pg.Client({
    host: host === '0.0.0.0' || host === '::' ? 'localhost' : host,
    port,
    database: config.database,
    user: config.user ?? 'awsuser',
    password: config.password ?? 'any',
    ssl: config.tls === 'require' ? { rejectUnauthorized: false } : false,
    types: { getTypeParser: () => (value: string) => value },
  });
  client.on('notice', (notice) => process.stdout.write(`${notice.severity}:  ${notice.message}\n`));
  await client.connect();
  for (const sql of statements) {
    process.stdout.write(`\n${sql};\n`);
    process.stdout.write(`${await run(client, sql)}\n`);
  }
  await client.end();

  if (switches.has('once')) {
    await server.stop();
    return 0;
  }
  process.stdout.write(
    `\nEvents keep coming (${(eventsPerTick * 1000) / tickMillis} a second) and AUTO REFRESH takes them in. In another terminal:\n\n  ${psqlLine(server, config)}\n\n  SELECT count(*) FROM clicks;\n\nCtrl-C stops.\n`,
  );
  const stopped = new AbortController();
  const producing = produce(streams, stopped.signal);
  await untilStopped(async () => {
    stopped.abort();
    await producing;
    await server.stop();
  });
  return 0;
}

/**
 * The statement's rows as a table, or its command tag. An object that a reused data directory already has is reported,
 * not treated as a failure.
 */
async function run(client: pg.Client, sql: string): Promise<string> {
  try {
    const result = await client.query<(string | null)[]>({ text: sql, rowMode: 'array' });
    const labels = result.fields.map(({ name }) => name);
    return labels.length > 0 ? resultTable(labels, result.rows) : result.command;
  } catch (error) {
    if (error instanceof pg.DatabaseError && (error.code === '42P06' || error.code === '42P07')) return error.message;
    throw error;
  }
}

async function produce(streams: StreamControl, signal: AbortSignal): Promise<void> {
  for (let from = firstEvents; !signal.aborted; from += eventsPerTick) {
    await sleep(tickMillis, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    // An endpoint that restarts must not end the demo; the next tick tries again.
    await streams.put(streamName, events(from, eventsPerTick)).catch(() => undefined);
  }
}

const kinds = ['view', 'click', 'cart', 'purchase'] as const;

function events(from: number, count: number): StreamRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const event = { user_id: (number * 7) % 10, kind: kinds[number % kinds.length], page: `/item/${number % 37}` };
    return { partitionKey: `user-${event.user_id}`, data: Buffer.from(JSON.stringify(event)) };
  });
}
