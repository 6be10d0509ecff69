import pg from 'pg';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type Duckshift, type StartOptions, startDuckshift } from '../../src/index.js';
import { client, RawClient, type ServerMessage, textRows } from '../wire/raw-client.js';

/** A whole server without streams, and clients of it that leave when their test is finished. */
export interface WholeServer {
  readonly duckshift: Duckshift;
  readonly port: number;
  raw(parameters?: Record<string, string>): Promise<RawLogin>;
  /** A connection that has said nothing yet. */
  connect(): Promise<RawClient>;
  pg(options?: pg.ClientConfig): Promise<pg.Client>;
}

export interface RawLogin {
  readonly raw: RawClient;
  readonly processId: number;
  readonly secretKey: number;
  /** What came before the first ReadyForQuery. */
  readonly greeting: readonly ServerMessage[];
}

/** For tests without streams: the Kinesis endpoint is a closed port, so that no embedded one is started. */
export const noStreams: StartOptions = { kinesisEndpoint: 'http://127.0.0.1:1' };

/** A server for all tests of a file. */
export function wholeServer(options: StartOptions = {}): WholeServer {
  let started: Duckshift | undefined;
  beforeAll(async () => {
    started = await startDuckshift({ ...noStreams, ...options });
  });
  afterAll(() => started?.stop());
  return new Access(() => {
    if (started === undefined) throw new Error('the server has not started');
    return started;
  });
}

/** The same around a server that a test started itself. */
export function accessTo(duckshift: Duckshift): WholeServer {
  return new Access(() => duckshift);
}

class Access implements WholeServer {
  constructor(private readonly server: () => Duckshift) {}

  get duckshift(): Duckshift {
    return this.server();
  }

  get port(): number {
    return Number(new URL(this.duckshift.connectionString).port);
  }

  async connect(): Promise<RawClient> {
    const raw = await RawClient.connect(this.port);
    onTestFinished(() => raw.destroy());
    return raw;
  }

  async raw(parameters?: Record<string, string>): Promise<RawLogin> {
    const raw = await this.connect();
    raw.send(client.startup(parameters));
    const greeting = await raw.until('Z');
    const key = greeting.find(({ type }) => type === 'K')?.body;
    return { raw, processId: key?.readInt32BE(0) ?? 0, secretKey: key?.readInt32BE(4) ?? 0, greeting };
  }

  async pg(options: pg.ClientConfig = {}): Promise<pg.Client> {
    const connection = new pg.Client({
      host: '127.0.0.1',
      port: this.port,
      user: 'awsuser',
      password: 'any',
      database: 'dev',
      ...options,
    });
    connection.on('error', () => undefined);
    await connection.connect();
    onTestFinished(() => connection.end().catch(() => undefined));
    return connection;
  }
}

/** Send messages and a Sync; what comes up to ReadyForQuery. */
export async function exchange(raw: RawClient, ...messages: Buffer[]): Promise<ServerMessage[]> {
  raw.send(...messages, client.sync());
  return raw.until('Z');
}

/** Parse, Bind and Execute of a text, all unnamed. */
export const run = (sql: string): Buffer[] => [client.parse(sql), client.bind(), client.execute()];

/** First cell of the first row of a simple query. */
export async function value(raw: RawClient, sql: string): Promise<string | null | undefined> {
  return textRows(await raw.query(sql))[0]?.[0];
}

/** SQLSTATE and message with which a simple query fails; undefined when it does not. */
export async function failure(raw: RawClient, sql: string): Promise<string | undefined> {
  const error = (await raw.query(sql)).find(({ type }) => type === 'E');
  if (error === undefined) return undefined;
  const parts = error.body.toString('utf8').split('\0');
  const field = (letter: string): string | undefined => parts.find((part) => part.startsWith(letter))?.slice(1);
  return `${field('C')} ${field('M')}`;
}
