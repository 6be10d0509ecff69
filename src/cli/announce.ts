import type { Config } from '../server/config.js';
import type { RunningServer } from '../server/server.js';

/**
 * Announce that the server is ready: one JSON line with `--log-format json`, otherwise lines to paste into a client.
 */
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
  if (ca !== undefined) lines.push(...tlsLines(server, config, ca));
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** What each kind of client needs so that it trusts the server's certificate. */
function tlsLines(server: RunningServer, config: Config, ca: string): string[] {
  const { port } = server.addresses.pg;
  const database = `${reachable(server)}:${port}/${config.database}`;
  return [
    `  TLS      ${config.tls === 'require' ? 'required' : 'offered'}; the certificate to trust is ${ca}`,
    `             psql, libpq         sslmode=verify-full sslrootcert=${ca}`,
    `             node pg             ssl: { ca: readFileSync('${ca}') }`,
    `             PostgreSQL JDBC     jdbc:postgresql://${database}?sslmode=verify-full&sslrootcert=${ca}`,
    `             Redshift JDBC       jdbc:redshift://${database}?ssl=true&sslmode=verify-full&sslRootCert=${ca}`,
    `             redshift_connector  environment: SSL_CERT_FILE=${ca}`,
  ];
}

/** The shell line that opens psql on the server. */
export function psqlLine(server: RunningServer, config: Config): string {
  return `psql -h ${reachable(server)} -p ${server.addresses.pg.port} -U ${config.user ?? 'awsuser'} ${config.database}`;
}

/** A host under which the server can be reached from this machine. */
function reachable(server: RunningServer): string {
  const { host } = server.addresses.pg;
  return host === '0.0.0.0' || host === '::' ? 'localhost' : host;
}
