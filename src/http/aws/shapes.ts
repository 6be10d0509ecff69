import { AwsError, invalid } from './errors.js';

/**
 * Reads a member of a call's input. `path` names it in errors.
 *
 * @throws AwsError SerializationException for a value of another JSON type, ValidationException for one that is not
 * allowed.
 */
export type Reader<T> = (value: unknown, path: string) => T;

type Members = Readonly<Record<string, Reader<unknown>>>;
export type Structure<F extends Members> = { readonly [K in keyof F]: F[K] extends Reader<infer T> ? T : never };

/** Members that are not named are ignored, as AWS ignores them: newer SDKs send more. */
export function structure<F extends Members>(members: F): Reader<Structure<F>> {
  const readers = Object.entries(members);
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(path, 'a structure');
    const given = new Map<string, unknown>(Object.entries(value));
    // Built from the readers of F, member by member; TypeScript cannot follow the names.
    return Object.fromEntries(
      readers.map(([name, read]) => [name, read(given.get(name) ?? undefined, path === '' ? name : `${path}.${name}`)]),
    ) as Structure<F>;
  };
}

export function required<T>(read: Reader<T>): Reader<T> {
  return (value, path) => {
    if (value === undefined) throw invalid(`${memberName(path)} must not be null`);
    return read(value, path);
  };
}

export function optional<T>(read: Reader<T>): Reader<T | undefined> {
  return (value, path) => (value === undefined ? undefined : read(value, path));
}

export interface TextRules {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
}

/** A string; `min` and `max` count characters. */
export function text({ min = 0, max = Number.POSITIVE_INFINITY, pattern }: TextRules = {}): Reader<string> {
  return (value, path) => {
    if (typeof value !== 'string') throw wrongType(path, 'a string');
    if (pattern !== undefined && !pattern.test(value))
      throw invalid(`${memberName(path)} must satisfy regex pattern: ${pattern.source}`);
    if (value.length < min) throw invalid(`${memberName(path)} must have length greater than or equal to ${min}`);
    if (value.length > max) throw invalid(`${memberName(path)} must have length less than or equal to ${max}`);
    return value;
  };
}

export function oneOf<const T extends string>(...allowed: readonly T[]): Reader<T> {
  return (value, path) => {
    if (typeof value !== 'string') throw wrongType(path, 'a string');
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw invalid(`${memberName(path)} must satisfy enum value set: [${allowed.join(', ')}]`);
    return found;
  };
}

export function integer(min: number, max: number): Reader<number> {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(path, 'an integer');
    if (value < min || value > max) throw invalid(`${memberName(path)} must be between ${min} and ${max}`);
    return value;
  };
}

export const flag: Reader<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw wrongType(path, 'a boolean');
  return value;
};

export function list<T>(read: Reader<T>, min = 0, max = Number.POSITIVE_INFINITY): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw wrongType(path, 'a list');
    if (value.length < min) throw invalid(`${memberName(path)} must have at least ${min} item${min === 1 ? '' : 's'}`);
    if (value.length > max) throw invalid(`${memberName(path)} must have at most ${max} items`);
    return value.map((item: unknown, index) => read(item ?? undefined, `${path}.${index + 1}.member`));
  };
}

function wrongType(path: string, expected: string): AwsError {
  return new AwsError('SerializationException', `${path === '' ? 'The input' : memberName(path)} must be ${expected}`);
}

/** Members are named in lower camel case in the service's messages: `id must satisfy regex pattern`. */
function memberName(path: string): string {
  return path.charAt(0).toLowerCase() + path.slice(1);
}
