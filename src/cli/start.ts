import { readConfig } from '../server/config.js';
import { startServer } from '../server/server.js';
import { announce } from './announce.js';
import { parseArguments } from './arguments.js';
import { untilStopped } from './signals.js';

/** `duckshift start`: run until SIGTERM or SIGINT. Resolves to the exit status. @throws ConfigError, StartError */
export async function start(args: readonly string[]): Promise<number> {
  const { flags } = parseArguments(args, { server: true });
  const config = readConfig(flags, process.env);
  const server = await startServer(config);
  announce(server, config);
  await untilStopped(() => server.stop());
  return 0;
}
