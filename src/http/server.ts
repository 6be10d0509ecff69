import type { FastifyInstance } from 'fastify';
import type { Logger } from '../log.js';
import { registerAdmin } from './admin.js';
import type { AdminActions } from './admin-actions.js';

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly actions: AdminActions;
  readonly log: Logger;
}

/** Largest request body, bytes: the documented limit of a Data API statement with room for its JSON. */
const bodyLimit = 1024 * 1024;

/**
 * Start the HTTP side: `/health` and the admin API. fastify is loaded here, so that importing duckshift stays cheap.
 *
 * @throws the listen error (`EADDRINUSE` …).
 */
export async function startHttpServer({ host, port, actions, log }: HttpServerOptions): Promise<HttpServer> {
  const { fastify } = await import('fastify');
  const app: FastifyInstance = fastify({
    bodyLimit,
    forceCloseConnections: true,
    // A field that is not known is refused, not dropped.
    ajv: { customOptions: { removeAdditional: false } },
  });
  registerAdmin(app, actions);
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
  return { url: `http://${name.includes(':') ? `[${name}]` : name}:${bound}`, close: () => app.close() };
}
