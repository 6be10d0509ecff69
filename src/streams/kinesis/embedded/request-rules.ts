import validations from 'kinesalite/validations/index.js';
import { AwsError, isObject } from './aws-answer.js';

/** Rules of one request field, in the words of kinesalite's tables. */
export interface FieldRule {
  readonly type: 'String' | 'Integer' | 'Boolean' | 'Timestamp' | 'Blob' | 'List' | 'Map' | 'Structure';
  readonly notNull?: boolean;
  readonly greaterThanOrEqual?: number;
  readonly lessThanOrEqual?: number;
  readonly lengthGreaterThanOrEqual?: number;
  readonly lengthLessThanOrEqual?: number;
  readonly childKeyLengths?: readonly [number, number];
  readonly childValueLengths?: readonly [number, number];
  readonly regex?: string;
  readonly enum?: readonly string[];
  /** Of a list's or map's members, or a structure's fields. */
  readonly children?: FieldRule | 'String' | Readonly<Record<string, FieldRule>>;
}

export type RequestRules = Readonly<Record<string, object>>;

/** The field that names the stream, in every operation that has one. */
export const streamNameRule: FieldRule = {
  type: 'String',
  notNull: true,
  regex: '[a-zA-Z0-9_.-]+',
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 128,
};

/**
 * The request's fields that `rules` knows, checked as AWS checks them before it looks at any stream.
 *
 * @param operation name of the AWS operation
 * @throws AwsError SerializationException for a wrong JSON type, ValidationException for a rule that is broken
 */
export function checked(
  operation: string,
  rules: RequestRules,
  data: Readonly<Record<string, unknown>>,
  custom?: unknown,
): Record<string, unknown> {
  try {
    const typed = validations.checkTypes({ ...data }, rules);
    validations.checkValidations(typed, rules, custom, operation);
    return typed;
  } catch (error) {
    if (!(error instanceof Error && 'body' in error && isObject(error.body))) throw error;
    throw new AwsError(String(error.body.__type), error.message);
  }
}
