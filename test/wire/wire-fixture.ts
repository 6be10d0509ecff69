import { afterEach } from 'vitest';
import { silentLogger } from '../../src/log.js';
import { createWireServer, type WireServer, type WireServerOptions } from '../../src/wire/server.js';
import { RawClient } from './raw-client.js';
import { type ScriptBook, SessionHostDouble } from './session-double.js';

export interface Fixture {
  readonly host: SessionHostDouble;
  readonly server: WireServer;
  readonly port: number;
  login(parameters?: Record<string, string>): Promise<RawClient>;
  connect(): Promise<RawClient>;
}

/** Starts wire servers over scripted sessions for a test file and stops them after each test. */
export function useWireServers(): (options?: Partial<WireServerOptions>, book?: ScriptBook) => Promise<Fixture> {
  const running: WireServer[] = [];
  const clients: RawClient[] = [];
  afterEach(async () => {
    for (const raw of clients.splice(0)) raw.destroy();
    await Promise.all(running.splice(0).map((server) => server.close(0)));
  });
  return async (options = {}, book) => {
    const host = new SessionHostDouble(book);
    const server = createWireServer({
      sessions: host,
      host: '127.0.0.1',
      port: 0,
      tls: { mode: 'off' },
      log: silentLogger,
      ...options,
    });
    running.push(server);
    const { port } = await server.listen();
    const kept = (raw: RawClient): RawClient => {
      clients.push(raw);
      return raw;
    };
    return {
      host,
      server,
      port,
      login: async (parameters) => kept(await RawClient.login(port, parameters)),
      connect: async () => kept(await RawClient.connect(port)),
    };
  };
}
