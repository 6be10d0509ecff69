import type { Config } from '../config.js';
import type { RunningServer } from '../server.js';

/** Tell that the server is ready: one JSON line with `--log-format json`, else lines to paste into a client. */
export function announce(server: RunningServer, config: Config): void {
  const { pg, http, kinesis, ca } = server.addresses;
  if (config.logFormat === 'json') {
    process.stdout.write(`${JSON.stringify({ event: 'ready', pid: process.pid, pg, http, kinesis, ca })}\n`);
    return;
  }
  const lines = [
    'duckshift is ready.',
    `  SQL      ${psqlLine(server, config)}`,
    `  Kinesis  ${kinesis.endpoint}`,
    `  HTTP     ${http.url}`,
  ];
  if (ca !== undefined) lines.push(`  TLS      trust ${ca} (psql: sslmode=verify-full sslrootcert=${ca})`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The shell line that opens psql on the server. */
export function psqlLine(server: RunningServer, config: Config): string {
  const { host, port } = server.addresses.pg;
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `psql -h ${reachable} -p ${port} -U ${config.user ?? 'awsuser'} ${config.database}`;
}
