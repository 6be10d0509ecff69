import type { FastifyInstance } from 'fastify';
import type { AdminActions } from './admin-actions.js';

const waitSchema = {
  type: 'object',
  required: ['materialized_view'],
  additionalProperties: false,
  properties: {
    materialized_view: { type: 'string', minLength: 1 },
    timeout_ms: { type: 'integer', minimum: 0, maximum: 3_600_000, default: 5_000 },
  },
} as const;

interface WaitBody {
  readonly materialized_view: string;
  readonly timeout_ms: number;
}

/** Register `/health` and `/_duckshift/*`. JSON in, JSON out; errors are `{error, message}` with the SQLSTATE in `error` where there is one. */
export function registerAdmin(app: FastifyInstance, actions: AdminActions): void {
  // A request without a body may still carry the JSON content type.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }));
    }
  });
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/_duckshift/state', async () => actions.state());
  app.post('/_duckshift/reset', async () => {
    await actions.reset();
    return { status: 'ok' };
  });
  app.post<{ Body: WaitBody }>('/_duckshift/wait', { schema: { body: waitSchema } }, async (request, reply) => {
    const { materialized_view: name, timeout_ms: timeoutMs } = request.body;
    try {
      if (await actions.waitFor(name, timeoutMs)) return { status: 'ok', materialized_view: name };
      return reply
        .code(408)
        .send({ error: 'timeout', message: `${name} was not level with its stream in ${timeoutMs} ms` });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
      return reply.code(400).send({ error: code, message: error instanceof Error ? error.message : String(error) });
    }
  });
}
