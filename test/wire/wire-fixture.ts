import { onTestFinished } from 'vitest';
import { silentLogger } from '../../src/base/log.js';
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

/** Start a wire server over scripted sessions; it stops, and its raw clients leave, when the test is finished. */
export async function startWireServer(options: Partial<WireServerOptions> = {}, book?: ScriptBook): Promise<Fixture> {
  const host = new SessionHostDouble(book);
  const server = createWireServer({
    sessions: host,
    host: '127.0.0.1',
    port: 0,
    tls: { mode: 'off' },
    log: silentLogger,
    ...options,
  });
  const { port } = await server.listen();
  onTestFinished(() => server.close(0));
  const kept = (raw: RawClient): RawClient => {
    onTestFinished(() => raw.destroy());
    return raw;
  };
  return {
    host,
    server,
    port,
    login: async (parameters) => kept(await RawClient.login(port, parameters)),
    connect: async () => kept(await RawClient.connect(port)),
  };
}
