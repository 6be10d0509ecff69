import { AwsError } from './errors.js';
import type { Reader } from './shapes.js';

/** JSON text that is ready to be sent: for output that JSON.stringify cannot write, such as 64-bit integers. */
export class PreparedJson {
  constructor(readonly text: string) {}
}

export type JsonAnswer = Readonly<Record<string, unknown>> | PreparedJson;

export interface JsonOperation {
  /** @throws AwsError */
  call(input: unknown): Promise<JsonAnswer>;
}

/** A service of the AWS JSON 1.1 protocol: `X-Amz-Target: <target>.<operation>`. */
export interface JsonService {
  readonly target: string;
  /** Name in the scope of a signature. */
  readonly signingName: string;
  readonly operations: Readonly<Record<string, JsonOperation>>;
}

export const jsonContentType = 'application/x-amz-json-1.1';

/** An operation: how its input is read, and what it does. */
export function operation<T>(input: Reader<T>, run: (input: T) => Promise<JsonAnswer> | JsonAnswer): JsonOperation {
  return { call: async (body) => run(input(body, '')) };
}

/** Finds operations by target. */
export class JsonDispatch {
  readonly #operations = new Map<string, { readonly service: JsonService; readonly operation: JsonOperation }>();

  constructor(services: readonly JsonService[]) {
    for (const service of services)
      for (const [name, operation] of Object.entries(service.operations))
        this.#operations.set(`${service.target}.${name}`, { service, operation });
  }

  /** @throws AwsError UnknownOperationException */
  find(target: string | undefined): { readonly service: JsonService; readonly operation: JsonOperation } {
    const found = target === undefined ? undefined : this.#operations.get(target);
    if (found !== undefined) return found;
    throw new AwsError(
      'UnknownOperationException',
      target === undefined ? 'The request names no operation' : `The operation ${target} is not known`,
    );
  }
}

/** @throws AwsError SerializationException */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return parsed;
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON');
  }
}

export function jsonAnswerText(answer: JsonAnswer): string {
  return answer instanceof PreparedJson ? answer.text : JSON.stringify(answer);
}

/** Clients read `message` or `Message`, as the service's model spells it. */
export function jsonErrorText(error: AwsError): string {
  return JSON.stringify({ __type: error.type, message: error.message, Message: error.message, ...error.members });
}

/** Timestamps are seconds since the epoch, as JSON numbers with a fraction. */
export function epochSeconds(micros: bigint): number {
  return Number(micros / 1000n) / 1000;
}
