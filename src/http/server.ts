import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../base/log.js';
import { type MetricFamily, single } from '../metrics/family.js';
import type { SessionHost } from '../session/contract.js';
import { registerAdmin } from './admin.js';
import type { AdminActions } from './admin-actions.js';
import { registerAwsCalls } from './aws/register.js';
import type { SigningKeys } from './aws/sigv4.js';
import type { CredentialDeps } from './credentials/credential-calls.js';
import { redshiftService } from './credentials/redshift.js';
import { serverlessService } from './credentials/serverless.js';
import { DataApi } from './data-api/data-api.js';
import { registerMetrics } from './metrics.js';

export interface HttpServer {
  readonly url: string;
  readonly dataApi: DataApi;
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly actions: AdminActions;
  readonly sessions: SessionHost;
  readonly credentials: CredentialDeps;
  /** What signatures of AWS calls must be made with; undefined accepts any. */
  readonly keys: SigningKeys | undefined;
  /** The server's numbers; those of the Data API are added. */
  readonly metrics: () => readonly MetricFamily[];
  readonly log: Logger;
}

/** Largest request body of the admin API, bytes. */
const bodyLimit = 1024 * 1024;

/**
 * Start the HTTP side: `/health`, `/metrics`, the admin API, the Data API and the credential calls. fastify is loaded
 * here, so that importing duckshift stays cheap.
 *
 * @throws the listen error (`EADDRINUSE` …).
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, actions, sessions, credentials, keys, metrics, log } = options;
  // `require` takes half of what `import` takes for CommonJS: nothing is searched for exported names.
  const { fastify }: typeof import('fastify') = createRequire(import.meta.url)('fastify');
  const app: FastifyInstance = fastify({
    bodyLimit,
    forceCloseConnections: true,
    // A field that is not known is refused, not dropped.
    ajv: { customOptions: { removeAdditional: false } },
  });
  registerAdmin(app, actions);
  const { nowMicros } = credentials;
  const dataApi = new DataApi({ sessions, nowMicros, log, defaultUser: credentials.server().user });
  registerMetrics(app, () => [...metrics(), ...dataApiFamilies(dataApi)]);
  registerAwsCalls(app, {
    jsonServices: [dataApi.service, serverlessService(credentials)],
    queryService: redshiftService(credentials),
    keys,
    log,
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: 'not_found', message: `no such resource: ${request.method} ${request.url}` }),
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('http request failed', { url: request.url, error });
    return reply.code(status).send({ error: status >= 500 ? 'internal' : 'bad_request', message: error.message });
  });
  await app.listen({ host, port });
  const address = app.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    url: `http://${name.includes(':') ? `[${name}]` : name}:${bound}`,
    dataApi,
    close: async () => {
      await dataApi.clear();
      await app.close();
    },
  };
}

function dataApiFamilies(dataApi: DataApi): readonly MetricFamily[] {
  const active = 'Data API statements that have not ended.';
  return [
    single('duckshift_data_api_active_statements', 'gauge', active, dataApi.activeStatements),
    single('duckshift_data_api_sessions', 'gauge', 'Data API sessions kept alive.', dataApi.keepAliveSessions),
  ];
}
