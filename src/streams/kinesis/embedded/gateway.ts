import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { kinesisOperations } from '../operations.js';
import { type AwsAnswer, AwsError, isObject, refusal } from './aws-answer.js';
import { CborError } from './cbor.js';
import { type Faults, faultAnswer, withOversizeRecord } from './faults.js';
import { callKinesalite, type RawAnswer, type WholeRequest } from './kinesalite-call.js';
import type { Gateway, OperationCall } from './operation.js';
import { operations } from './operations/index.js';
import { readBody } from './request-body.js';
import type { OpenStore } from './store.js';
import { nameFromArn } from './stream-name.js';
import { answerToCbor, cborType, jsonType, requestFromCbor } from './wire-format.js';

const servicePrefix = 'Kinesis_20131202.';

/** The parts of a gateway. */
export interface GatewayDeps {
  readonly open: OpenStore;
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly report: (error: unknown) => void;
}

/**
 * The HTTP server in front of kinesalite. It reads each request completely, answers what kinesalite cannot, and passes
 * on the rest. Plain `node:http`: loading fastify would add some 80 ms to each start and restart, and one header
 * distinguishes the requests.
 */
export function createGateway(parts: GatewayDeps): Server {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      parts.report(error);
      if (response.headersSent) response.destroy();
      else send(response, refusal(new AwsError('InternalFailure', 'internal failure', 500)), jsonType);
    });
  });
  // Longer than any client keeps an idle connection, so that the client closes it and no request meets a closing
  // socket.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function serve(parts: GatewayDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
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
  if (operation === undefined) return sendRaw(response, await callKinesalite(parts.open.handler, whole));
  const fault = parts.faults.take(operation);
  if (fault?.kind === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  if (fault?.kind === 'hang' || fault?.kind === 'slow') {
    const goOn = await parts.faults.hold(response, fault.kind === 'slow' ? fault.delayMs : undefined);
    if (!goOn) return;
  }
  const answer = await answerOrRefuse(() => {
    const call = readCall(parts, whole, type);
    const spoilt = fault === undefined ? undefined : faultAnswer(parts.gateway, fault, call.data);
    return spoilt ?? operate(parts.gateway, operation, call);
  });
  if (fault?.kind === 'truncate') return sendCutOff(response, answer, type);
  if (fault?.kind === 'oversize') {
    const grown = withOversizeRecord(answer);
    if (grown === undefined) parts.faults.giveBack(fault);
    return send(response, grown ?? answer, type);
  }
  send(response, answer, type);
}

/**
 * The operation of a request that is well-formed and signed; undefined for the others, which kinesalite refuses as AWS
 * does.
 */
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

async function answerOrRefuse(answer: () => AwsAnswer | Promise<AwsAnswer>): Promise<AwsAnswer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof AwsError) return refusal(error);
    throw error;
  }
}

/** @throws AwsError */
function readCall({ open }: GatewayDeps, whole: WholeRequest, type: string): OperationCall {
  const data = nameFromArn(decode(whole.body, type));
  const forward = async (given = data): Promise<AwsAnswer> => {
    const encoded = Buffer.from(JSON.stringify(given));
    const headers = { ...whole.headers, 'content-type': jsonType };
    const raw = await callKinesalite(open.handler, { ...whole, headers, body: encoded });
    return { ...raw, body: raw.body.toString() };
  };
  return { data, forward };
}

/** @throws AwsError */
async function operate(gateway: Gateway, operation: string, call: OperationCall): Promise<AwsAnswer> {
  const own = operations.get(operation);
  if (own !== undefined) return own(gateway, call);
  throw new AwsError(
    'UnknownOperationException',
    kinesisOperations.has(operation)
      ? `The embedded Kinesis of duckshift does not have ${operation}.`
      : `Kinesis has no operation ${operation}.`,
  );
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
  response.end(sendHead(response, answer, type));
}

/** Promise the whole answer, and end the connection after half of it. */
function sendCutOff(response: ServerResponse, answer: AwsAnswer, type: string): void {
  const body = sendHead(response, answer, type);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

/** @returns the body that is to follow */
function sendHead(response: ServerResponse, answer: AwsAnswer, type: string): Buffer {
  const asCbor = type === cborType;
  const body = asCbor ? answerToCbor(answer.body) : Buffer.from(answer.body, 'utf8');
  const headers: Record<string, string | number> = { 'Content-Type': asCbor ? cborType : jsonType };
  for (const [name, value] of Object.entries(answer.headers)) {
    // Written below, for the body as it leaves.
    if (name !== 'Content-Length' && name !== 'Content-Type') headers[name] = value;
  }
  headers['Content-Length'] = body.length;
  response.writeHead(answer.status, headers);
  return body;
}
