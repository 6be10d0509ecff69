import { Agent } from 'node:http';
import { CreateStreamCommand, DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type ChaosTarget, disturb, perform } from './chaos.js';
import { disorder, Ledger, type StoredRow } from './ledger.js';
import { produce } from './producer.js';
import { Random } from './random.js';
import { ServerProcess } from './server-process.js';
import { SqlLane } from './sql-lane.js';

export interface SoakOptions {
  readonly seed: number;
  /** Records that the endpoint acknowledges. */
  readonly records: number;
  /** Data directory; empty. */
  readonly data: string;
  /** Records of one request at most. */
  readonly largestBatch: number;
  /** Milliseconds a producer waits between two requests at most. */
  readonly longestPause: number;
  /** Milliseconds between two disturbances at most. */
  readonly longestCalm: number;
  /** Disturbances that happen whatever the dice say. */
  readonly certain?: readonly string[];
  readonly log?: (line: string) => void;
}

export interface SoakReport {
  readonly seed: number;
  readonly acknowledged: number;
  /** Records sent, those whose answers were lost included. */
  readonly attempts: number;
  readonly seconds: number;
  /** How often each thing was done, of those that worked. */
  readonly disturbances: Readonly<Record<string, number>>;
  readonly refreshes: number;
  /** Everything that is not as it should be. Empty: nothing was lost, doubled, misplaced or out of order. */
  readonly problems: readonly string[];
}

const stream = 'soak';
const firstShards = 3;

const definitions = [
  'CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default',
  `CREATE MATERIALIZED VIEW manual_mv AS SELECT shard_id, sequence_number, JSON_PARSE(kinesis_data) AS d FROM kds.${stream}`,
  `CREATE MATERIALIZED VIEW auto_one AUTO REFRESH YES AS SELECT shard_id, sequence_number, JSON_PARSE(kinesis_data) AS d FROM kds.${stream}`,
  `CREATE MATERIALIZED VIEW auto_two AUTO REFRESH YES AS SELECT shard_id, sequence_number, JSON_PARSE(kinesis_data) AS d FROM kds.${stream}`,
  `CREATE MATERIALIZED VIEW per_shard AUTO REFRESH YES AS SELECT shard_id, count(*) AS n, sum(JSON_PARSE(kinesis_data).id::bigint) AS ids FROM kds.${stream} GROUP BY shard_id`,
  'CREATE MATERIALIZED VIEW copied AS SELECT shard_id, sequence_number, d FROM auto_one',
  'CREATE MATERIALIZED VIEW per_key AS SELECT d.key::varchar(20) AS k, count(*) AS n, sum(d.id::bigint) AS ids FROM auto_two GROUP BY 1',
];
const rowViews = ['manual_mv', 'auto_one', 'auto_two', 'copied'];
const laneStatements = [
  'REFRESH MATERIALIZED VIEW manual_mv',
  'REFRESH MATERIALIZED VIEW copied CASCADE',
  'REFRESH MATERIALIZED VIEW per_key',
  'REFRESH MATERIALIZED VIEW auto_one',
] as const;

/**
 * Write through everything that can go wrong, and compare what the views hold with what the producers were
 * acknowledged.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const run = new Soak(options);
  try {
    return await run.run();
  } finally {
    await run.close();
  }
}

class Soak {
  readonly #random: Random;
  readonly #ledger = new Ledger();
  readonly #disturbances: Record<string, number> = {};
  #server: ServerProcess | undefined;
  #client: KinesisClient | undefined;
  readonly #lanes: SqlLane[] = [];
  #over = false;

  constructor(private readonly options: SoakOptions) {
    this.#random = new Random(options.seed);
  }

  async run(): Promise<SoakReport> {
    const began = performance.now();
    await this.#start();
    await this.#prepare();
    const { records, largestBatch, longestPause, seed } = this.options;
    const lanes = laneStatements.map((statement) => this.#refreshForever(statement, this.#random.fork()));
    const producers = ['a', 'b', 'c'].map((keys) => {
      const random = this.#random.fork();
      const pause = (): Promise<void> => sleep(random.integer(0, longestPause));
      const client = (): KinesisClient | undefined => this.#client;
      return produce({ stream, ledger: this.#ledger, random, records, largestBatch, client, keys, pause });
    });
    const chaos = this.#disturbForever();
    await Promise.all(producers);
    this.#over = true;
    await Promise.all([...lanes, chaos]);
    const problems = await this.#check();
    return {
      seed,
      acknowledged: this.#ledger.size,
      attempts: this.#ledger.attempts,
      seconds: (performance.now() - began) / 1000,
      disturbances: this.#disturbances,
      refreshes: this.#lanes.reduce((sum, { answered }) => sum + answered, 0),
      problems,
    };
  }

  async close(): Promise<void> {
    this.#over = true;
    await Promise.all(this.#lanes.map((lane) => lane.close()));
    this.#client?.destroy();
    await this.#server?.kill('SIGKILL');
  }

  async #start(): Promise<void> {
    const server = await ServerProcess.start(this.options.data);
    this.#client = new KinesisClient({
      endpoint: server.ready.kinesis.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      // A second attempt would be another record.
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler({
        httpAgent: new Agent({ keepAlive: true, maxSockets: 16 }),
        requestTimeout: 10_000,
        throwOnRequestTimeout: true,
      }),
    });
    this.#server = server;
  }

  async #restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.kill(signal);
    this.#client?.destroy();
    this.#client = undefined;
    await this.#start();
  }

  async #prepare(): Promise<void> {
    await this.#client?.send(new CreateStreamCommand({ StreamName: stream, ShardCount: firstShards }));
    for (;;) {
      const summary = await this.#client?.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
      if (summary?.StreamDescriptionSummary?.StreamStatus === 'ACTIVE') break;
      await sleep(20);
    }
    const lane = this.#lane();
    for (const definition of definitions) await lane.rows(definition);
  }

  #lane(): SqlLane {
    const lane = new SqlLane(() => this.#server);
    this.#lanes.push(lane);
    return lane;
  }

  /** Errors are part of it: the endpoint fails, and the server goes away. */
  async #refreshForever(statement: string, random: Random): Promise<void> {
    const lane = this.#lane();
    while (!this.#over) {
      await lane.rows(statement).catch(() => sleep(50));
      await sleep(random.integer(0, 150));
    }
  }

  async #disturbForever(): Promise<void> {
    const random = this.#random.fork();
    const target: ChaosTarget = {
      stream,
      random,
      server: () => this.#server,
      client: () => this.#client,
      restart: (signal) => this.#restart(signal),
    };
    const certain = [...(this.options.certain ?? [])];
    while (!this.#over) {
      await sleep(random.integer(0, this.options.longestCalm));
      const due = random.next() < 0.5 ? certain.shift() : undefined;
      const { name, worked } = due === undefined ? await disturb(target) : await perform(target, due);
      this.options.log?.(`${worked ? 'did' : 'could not'} ${name}; ${this.#ledger.size} records acknowledged`);
      if (worked) this.#disturbances[name] = (this.#disturbances[name] ?? 0) + 1;
      else if (due !== undefined) certain.push(due);
      if (this.#server === undefined) await this.#start();
    }
    for (const name of certain) {
      const { worked } = await perform(target, name);
      if (worked) this.#disturbances[name] = (this.#disturbances[name] ?? 0) + 1;
    }
  }

  async #check(): Promise<string[]> {
    const problems: string[] = [];
    await this.#server?.clearFaults();
    const lane = this.#lane();
    for (const view of ['manual_mv', 'auto_one', 'auto_two', 'per_shard', 'copied', 'per_key'])
      await this.#refreshUntilItWorks(lane, view);
    for (const view of rowViews) {
      const rows = await storedRows(lane, view);
      const verdict = this.#ledger.check(rows);
      const { lost, doubled, strange, misplaced } = verdict;
      if (lost + doubled + strange + misplaced > 0) problems.push(`${view}: ${JSON.stringify(verdict)}`);
      const late = disorder(rows);
      if (late.length > 0)
        problems.push(`${view}: ${late.length} rows out of order, such as ${late.slice(0, 5).join('; ')}`);
    }
    problems.push(
      ...(await compare(
        lane,
        'per_shard',
        'SELECT shard_id, count(*) AS n, sum(d.id::bigint) AS ids FROM auto_one GROUP BY 1',
      )),
    );
    problems.push(
      ...(await compare(
        lane,
        'per_key',
        'SELECT d.key::varchar(20) AS k, count(*) AS n, sum(d.id::bigint) AS ids FROM auto_one GROUP BY 1',
      )),
    );
    return problems;
  }

  async #refreshUntilItWorks(lane: SqlLane, view: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await lane.rows(`REFRESH MATERIALIZED VIEW ${view}`);
        return;
      } catch (error) {
        if (attempt === 20) throw new Error(`${view} cannot be refreshed: ${String(error)} ${this.#server?.complaint}`);
        await sleep(500);
      }
    }
  }
}

/** In the order in which they were stored. */
async function storedRows(lane: SqlLane, view: string): Promise<StoredRow[]> {
  const rows = await lane.rows(
    `SELECT d.id::bigint AS id, d.key::varchar(20) AS key, shard_id, sequence_number FROM ${view}`,
  );
  return rows.map(({ id, key, shard_id, sequence_number }) => ({
    id: Number(id),
    key: String(key),
    shardId: String(shard_id),
    sequenceNumber: String(sequence_number),
  }));
}

async function compare(lane: SqlLane, view: string, query: string): Promise<string[]> {
  const text = (rows: readonly object[]): string => JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
  const [mine, expected] = [await lane.rows(`SELECT * FROM ${view}`), await lane.rows(query)];
  return text(mine) === text(expected) ? [] : [`${view}: its ${mine.length} groups are not those of the records`];
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
