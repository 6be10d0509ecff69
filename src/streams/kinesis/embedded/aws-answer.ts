import { randomUUID } from 'node:crypto';

/**
 * An answer of the Kinesis API: JSON text of AWS's JSON 1.1 protocol. The gateway writes it as CBOR for a client that
 * asked for that.
 */
export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A refusal, as the AWS page "Common Error Types" and each operation's "Errors" section list them. */
export class AwsError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export function answer(body: unknown): AwsAnswer {
  return answerText(JSON.stringify(body));
}

/** `body` is JSON text. */
export function answerText(body: string): AwsAnswer {
  return { status: 200, headers: { 'x-amzn-RequestId': randomUUID() }, body };
}

export function refusal(error: AwsError): AwsAnswer {
  return {
    status: error.status,
    headers: { 'x-amzn-RequestId': randomUUID() },
    body: JSON.stringify({ __type: error.type, message: error.message }),
  };
}

/** The answer's body as an object, to add to it. Undefined when it is a refusal or not an object. */
export function successBody(given: AwsAnswer): Record<string, unknown> | undefined {
  if (given.status !== 200 || given.body === '') return undefined;
  const body: unknown = JSON.parse(given.body);
  return isObject(body) ? body : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
