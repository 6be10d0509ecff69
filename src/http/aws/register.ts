import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../base/log.js';
import { AwsError } from './errors.js';
import {
  JsonDispatch,
  type JsonService,
  jsonAnswerText,
  jsonContentType,
  jsonErrorText,
  parseJsonBody,
} from './json-protocol.js';
import { callQuery, formContentType, type QueryService, xmlContentType, xmlErrorText } from './query-protocol.js';
import { parseSignature, type SigningKeys, verifySignature } from './sigv4.js';

export interface AwsCallsOptions {
  readonly jsonServices: readonly JsonService[];
  readonly queryService: QueryService;
  /** Undefined: any signature will do, or none. */
  readonly keys: SigningKeys | undefined;
  readonly log: Logger;
}

/**
 * Largest request body in bytes: a batch of 40 statements of the longest text, with every letter beyond ASCII escaped
 * as Python does.
 */
const bodyLimit = 32 * 1024 * 1024;

/**
 * Register `POST /`, where AWS SDKs send their calls: the JSON 1.1 protocol by the header X-Amz-Target, the query
 * protocol by a form. Parsers and error answers apply to those routes only.
 */
export function registerAwsCalls(app: FastifyInstance, options: AwsCallsOptions): void {
  const dispatch = new JsonDispatch(options.jsonServices);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The signature covers the bytes as they came.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, request, reply) => answerError(options, request, reply, error));
    scope.post('/', { bodyLimit }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const requestId = newRequestId(reply);
      if (isForm(request)) {
        authorize(options, request, body, [options.queryService.signingName]);
        return reply.type(xmlContentType).send(await callQuery(options.queryService, body, requestId));
      }
      const target = request.headers['x-amz-target'];
      const { service, operation } = dispatch.find(typeof target === 'string' ? target : undefined);
      authorize(options, request, body, [service.signingName]);
      const answer = await operation.call(parseJsonBody(body));
      return sendJson(reply, jsonAnswerText(answer));
    });
  });
}

function authorize(
  { keys }: AwsCallsOptions,
  { method, url, headers }: FastifyRequest,
  body: Buffer,
  services: readonly string[],
): void {
  const signature = parseSignature(headers.authorization);
  if (keys !== undefined) verifySignature({ method, url, headers, body }, signature, keys, services, Date.now());
}

function answerError(
  options: AwsCallsOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const known = asAwsError(error);
  if (known.status >= 500 && !(error instanceof AwsError))
    options.log.error('a call failed', { target: request.headers['x-amz-target'], error });
  const requestId = newRequestId(reply);
  reply.code(known.status);
  if (isForm(request)) return reply.type(xmlContentType).send(xmlErrorText(options.queryService, known, requestId));
  return sendJson(reply.header('x-amzn-errortype', known.type), jsonErrorText(known));
}

/** Refusals by fastify, and defects, as AWS would word them. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413)
    return new AwsError('RequestEntityTooLargeException', `The request body is larger than ${bodyLimit} bytes`);
  if (typeof status === 'number' && status < 500 && error instanceof Error)
    return new AwsError('SerializationException', error.message);
  return new AwsError('InternalServerException', 'The call failed for a reason inside duckshift; its log has more.');
}

/** As bytes: fastify would add a charset to the type of a text, which the protocol does not have. */
function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply.type(jsonContentType).send(Buffer.from(text, 'utf8'));
}

function newRequestId(reply: FastifyReply): string {
  const known = reply.getHeader('x-amzn-requestid');
  if (typeof known === 'string') return known;
  const id = randomUUID();
  reply.header('x-amzn-requestid', id);
  return id;
}

function isForm(request: FastifyRequest): boolean {
  return request.headers['content-type']?.toLowerCase().startsWith(formContentType) === true;
}
