import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AwsAnswer, AwsError, isObject, refusal } from './aws-answer.js';
import { CborError } from './cbor.js';
import { callKinesalite, type RawAnswer, type WholeRequest } from './kinesalite-call.js';
import type { Gateway } from './operation.js';
import { operations, unchangedWhenNamed } from './operations/index.js';
import { readBody } from './request-body.js';
import type { OpenStore } from './store.js';
import { nameFromArn } from './stream-name.js';
import { answerToCbor, cborType, jsonType, requestFromCbor } from './wire-format.js';

const servicePrefix = 'Kinesis_20131202.';
/** kinesalite's own limit, above which it answers a bare 413. */
const maxForwardedBytes = 7 * 1024 * 1024;

/**
 * The HTTP server in front of kinesalite. It reads each request completely, answers what kinesalite cannot, and passes on the rest. Plain `node:http`: loading
 * fastify would add some 80 ms to each start and restart, and requests are told apart by one header.
 */
export function createGateway(open: OpenStore, gateway: Gateway, report: (error: unknown) => void): Server {
  const server = createServer((request, response) => {
    serve(open, gateway, request, response).catch((error: unknown) => {
      report(error);
      if (response.headersSent) response.destroy();
      else send(response, refusal(new AwsError('InternalFailure', 'internal failure', 500)), jsonType);
    });
  });
  // Longer than any client keeps an idle connection, so that the client closes it and no request meets a closing socket.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function serve(
  open: OpenStore,
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (body === 'aborted') return;
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (body === 'too-large') return send(response, refusal(tooLarge()), type);
  const whole: WholeRequest = {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    body,
  };
  const operation = operationOf(whole, type);
  if (operation === undefined || canPassUnread(operation, type, body))
    return sendRaw(response, await callKinesalite(open.handler, whole));
  send(response, await operate(open, gateway, whole, operation, type), type);
}

/** The operation of a request that is well-formed and signed; undefined for the others, which kinesalite refuses as AWS does. */
function operationOf(request: WholeRequest, type: string): string | undefined {
  const target = request.headers['x-amz-target'];
  if (request.method !== 'POST' || request.body.length === 0 || (type !== jsonType && type !== cborType))
    return undefined;
  if (typeof target !== 'string' || !target.startsWith(servicePrefix)) return undefined;
  const { authorization, date } = request.headers;
  const dated = request.headers['x-amz-date'] !== undefined || date !== undefined;
  const parts = ['Credential=', 'Signature=', 'SignedHeaders='];
  if (!dated || !parts.every((part) => authorization?.includes(part)) || request.url.includes('X-Amz-Algorithm'))
    return undefined;
  return target.slice(servicePrefix.length);
}

/** Puts are most of the traffic: their bodies are not parsed where nothing in them needs a change. */
function canPassUnread(operation: string, type: string, body: Buffer): boolean {
  return (
    type === jsonType &&
    unchangedWhenNamed.has(operation) &&
    body.length <= maxForwardedBytes &&
    !body.includes('"StreamARN"')
  );
}

async function operate(
  open: OpenStore,
  gateway: Gateway,
  whole: WholeRequest,
  operation: string,
  type: string,
): Promise<AwsAnswer> {
  try {
    const data = nameFromArn(decode(whole.body, type));
    const forward = async (given = data): Promise<AwsAnswer> => {
      const encoded = Buffer.from(JSON.stringify(given));
      if (encoded.length > maxForwardedBytes) throw tooLarge();
      const headers = { ...whole.headers, 'content-type': jsonType };
      const raw = await callKinesalite(open.handler, { ...whole, headers, body: encoded });
      return { ...raw, body: raw.body.toString() };
    };
    const own = operations.get(operation);
    return own === undefined ? await forward() : await own(gateway, { data, forward });
  } catch (error) {
    if (error instanceof AwsError) return refusal(error);
    throw error;
  }
}

function decode(body: Buffer, type: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = type === cborType ? requestFromCbor(body) : JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (!(error instanceof CborError || error instanceof SyntaxError)) throw error;
  }
  if (!isObject(value)) throw new AwsError('SerializationException', 'the request body is not an object');
  return value;
}

function tooLarge(): AwsError {
  return new AwsError('InvalidArgumentException', 'Records size exceeds 10 MB limit');
}

function sendRaw(response: ServerResponse, { status, headers, body }: RawAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}

/** `type` is the request's content type: a CBOR request gets a CBOR answer. */
function send(response: ServerResponse, answer: AwsAnswer, type: string): void {
  const asCbor = type === cborType;
  const body = asCbor ? answerToCbor(answer.body) : Buffer.from(answer.body, 'utf8');
  const headers: Record<string, string | number> = { 'Content-Type': asCbor ? cborType : jsonType };
  for (const [name, value] of Object.entries(answer.headers)) {
    // Written below, for the body as it leaves.
    if (name !== 'Content-Length' && name !== 'Content-Type') headers[name] = value;
  }
  headers['Content-Length'] = body.length;
  response.writeHead(answer.status, headers);
  response.end(body);
}
