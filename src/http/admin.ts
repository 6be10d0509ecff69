import type { FastifyInstance, FastifyReply } from 'fastify';
import { FaultError, type FaultKind, faultKinds, largestDelay, largestTimes } from '../streams/kinesis/fault.js';
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

const clockSchema = {
  type: 'object',
  required: ['advance_ms'],
  additionalProperties: false,
  properties: { advance_ms: { type: 'integer', minimum: 0 } },
} as const;

const faultSchema = {
  type: 'object',
  required: ['operation', 'kind'],
  additionalProperties: false,
  properties: {
    operation: { type: 'string', minLength: 1 },
    kind: { type: 'string', enum: faultKinds },
    times: { type: 'integer', minimum: 1, maximum: largestTimes },
    delay_ms: { type: 'integer', minimum: 0, maximum: largestDelay },
  },
} as const;

interface FaultBody {
  readonly operation: string;
  readonly kind: FaultKind;
  readonly times?: number;
  readonly delay_ms?: number;
}

const expirySchema = {
  type: 'object',
  additionalProperties: false,
  properties: { stream: { type: 'string', minLength: 1 }, shard_id: { type: 'string', minLength: 1 } },
  dependencies: { shard_id: ['stream'] },
} as const;

interface ExpiryBody {
  readonly stream?: string;
  readonly shard_id?: string;
}

/**
 * Register `/health` and `/_duckshift/*`. JSON in, JSON out; errors are `{error, message}` with the SQLSTATE in `error`
 * where there is one.
 */
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
        .send({ error: 'timeout', message: `${name} had not caught up with its stream after ${timeoutMs} ms` });
    } catch (error) {
      return refuse(reply, error);
    }
  });
  registerTestControls(app, actions);
}

/** The part for tests: time, and faults of the embedded Kinesis. */
function registerTestControls(app: FastifyInstance, actions: AdminActions): void {
  app.post<{ Body: { readonly advance_ms: number } }>(
    '/_duckshift/clock',
    { schema: { body: clockSchema } },
    async (request, reply) => {
      try {
        return { status: 'ok', clock_offset_ms: await actions.advanceClock(request.body.advance_ms) };
      } catch (error) {
        return refuse(reply, error);
      }
    },
  );
  app.post<{ Body: FaultBody }>('/_duckshift/faults', { schema: { body: faultSchema } }, async (request, reply) => {
    const { operation, kind, times, delay_ms: delayMs } = request.body;
    try {
      await actions.setFault({ operation, kind, times, delayMs });
      return { status: 'ok' };
    } catch (error) {
      return refuse(reply, error);
    }
  });
  app.delete('/_duckshift/faults', async (_request, reply) => {
    try {
      await actions.clearFaults();
      return { status: 'ok' };
    } catch (error) {
      return refuse(reply, error);
    }
  });
  app.post<{ Body: ExpiryBody | undefined }>(
    '/_duckshift/expire-iterators',
    { schema: { body: expirySchema } },
    async (request, reply) => {
      try {
        await actions.expireIterators(request.body?.stream, request.body?.shard_id);
        return { status: 'ok' };
      } catch (error) {
        return refuse(reply, error);
      }
    },
  );
}

/** What the caller can mend: a statement that cannot be carried out, a fault that makes no sense. */
function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof FaultError) return reply.code(400).send({ error: 'bad_request', message: error.message });
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
  return reply.code(400).send({ error: code, message: error instanceof Error ? error.message : String(error) });
}
