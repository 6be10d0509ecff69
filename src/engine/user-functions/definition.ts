/** JavaScript type of each kind of argument and result. */
export interface KindTypes {
  /** VARCHAR, decoded. */
  text: string;
  /** VARCHAR as its UTF-8 bytes; valid during the call only. */
  utf8: Uint8Array;
  /** BLOB; valid during the call only. */
  blob: Uint8Array;
  /** DuckDB's JSON type: VARCHAR that holds JSON text. As an argument it takes any VARCHAR. */
  json: string;
  /** The same as UTF-8 bytes. */
  json_utf8: Uint8Array;
  bool: boolean;
  int4: number;
  int8: bigint;
  float8: number;
  /** Days since 1970-01-01. */
  date: number;
  /** Microseconds since 1970-01-01. */
  timestamp: bigint;
}
export type Kind = keyof KindTypes;

type Values<P extends readonly Kind[]> = { [I in keyof P]: KindTypes[P[I]] };
type NullableValues<P extends readonly Kind[]> = { [I in keyof P]: KindTypes[P[I]] | null };

/** A scalar function written in JavaScript, evaluated row by row over whole vectors. */
export interface UserFunction {
  /** `duckshift_…`. */
  readonly name: string;
  readonly parameters: readonly Kind[];
  /** Kind of any number of further arguments. */
  readonly rest?: Kind | undefined;
  readonly returns: Kind;
  /** Called with NULL arguments too; otherwise a NULL argument makes the result NULL. */
  readonly nullable: boolean;
  /** Evaluated for each row even when all arguments are constant. */
  readonly volatile: boolean;
  readonly evaluate: (...args: unknown[]) => unknown;
}

interface Options<R extends Kind | undefined = undefined> {
  readonly rest?: R;
  readonly volatile?: boolean;
}
type RestValues<R extends Kind | undefined> = R extends Kind ? KindTypes[R][] : [];

/** A function whose result is NULL as soon as an argument is. `evaluate` throws to fail the statement. */
export function userFunction<
  const P extends readonly Kind[],
  R extends Kind,
  Rest extends Kind | undefined = undefined,
>(
  name: string,
  parameters: P,
  returns: R,
  evaluate: (...args: [...Values<P>, ...RestValues<Rest>]) => KindTypes[R] | null,
  options: Options<Rest> = {},
): UserFunction {
  return {
    name,
    parameters,
    rest: options.rest,
    returns,
    nullable: false,
    volatile: options.volatile ?? false,
    // The registry hands over exactly the kinds named in `parameters`.
    evaluate: evaluate as (...args: unknown[]) => unknown,
  };
}

/** A function that sees its NULL arguments. */
export function nullableUserFunction<const P extends readonly Kind[], R extends Kind>(
  name: string,
  parameters: P,
  returns: R,
  evaluate: (...args: NullableValues<P>) => KindTypes[R] | null,
): UserFunction {
  return {
    name,
    parameters,
    returns,
    nullable: true,
    volatile: false,
    evaluate: evaluate as (...args: unknown[]) => unknown,
  };
}
