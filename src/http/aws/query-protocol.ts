import { AwsError } from './errors.js';
import { type XmlValue, xmlElement } from './xml.js';

/** Parameters of a call of the AWS query protocol: a form whose names are paths (`DbGroups.member.1`). */
export class QueryParameters {
  constructor(private readonly form: URLSearchParams) {}

  optional(name: string): string | undefined {
    return this.form.get(name) ?? undefined;
  }

  /** @throws AwsError MissingParameter */
  required(name: string): string {
    const value = this.optional(name);
    if (value !== undefined && value !== '') return value;
    throw new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);
  }

  /** @throws AwsError InvalidParameterValue */
  integer(name: string, fallback: number, min: number, max: number): number {
    const given = this.optional(name);
    if (given === undefined) return fallback;
    const value = /^-?\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new AwsError('InvalidParameterValue', `The parameter ${name} must be an integer from ${min} to ${max}.`);
  }

  /** @throws AwsError InvalidParameterValue */
  flag(name: string): boolean {
    const given = this.optional(name)?.toLowerCase();
    if (given === undefined || given === 'false') return false;
    if (given === 'true') return true;
    throw new AwsError('InvalidParameterValue', `The parameter ${name} must be true or false.`);
  }
}

export type QueryOperation = (parameters: QueryParameters) => Promise<XmlValue> | XmlValue;

/** A service of the AWS query protocol: a form with `Action` and `Version`, answers in XML. */
export interface QueryService {
  readonly version: string;
  readonly signingName: string;
  readonly namespace: string;
  readonly operations: Readonly<Record<string, QueryOperation>>;
}

export const formContentType = 'application/x-www-form-urlencoded';
export const xmlContentType = 'text/xml';

/**
 * Run the action that a form names.
 *
 * @throws AwsError InvalidAction, and what the operation throws.
 */
export async function callQuery(service: QueryService, body: Buffer, requestId: string): Promise<string> {
  const form = new URLSearchParams(body.toString('utf8'));
  const action = form.get('Action') ?? '';
  const version = form.get('Version');
  const operation = Object.hasOwn(service.operations, action) ? service.operations[action] : undefined;
  if (operation === undefined || (version !== null && version !== service.version))
    throw new AwsError(
      'InvalidAction',
      `Could not find operation ${action} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
    );
  const result = await operation(new QueryParameters(form));
  const answer = { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } };
  return xmlElement(`${action}Response`, answer, `xmlns="${service.namespace}"`);
}

export function xmlErrorText(service: QueryService, error: AwsError, requestId: string): string {
  const type = error.status >= 500 ? 'Receiver' : 'Sender';
  const answer = { Error: { Type: type, Code: error.type, Message: error.message }, RequestId: requestId };
  return xmlElement('ErrorResponse', answer, `xmlns="${service.namespace}"`);
}
