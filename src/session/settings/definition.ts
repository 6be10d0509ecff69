import { DuckshiftError } from '../../base/errors.js';

/** One line of the settings table. */
export interface SettingDefinition {
  /** Lower case. */
  readonly name: string;
  readonly default: string;
  /**
   * The canonical form of a value.
   *
   * @throws DuckshiftError 22023 for a value that does not fit, 0A000 for one that Redshift takes and duckshift cannot
   * obey.
   */
  readonly parse: (text: string) => string;
  /** Name in the ParameterStatus message (clients compare it case-sensitively). */
  readonly reportedAs?: string;
  /** SET is refused. */
  readonly readOnly?: boolean;
  readonly description: string;
}

function invalid(name: string, value: string, hint?: string): DuckshiftError {
  return new DuckshiftError('22023', `invalid value for parameter "${name}": "${value}"`, { hint });
}

type Parser = (name: string) => (text: string) => string;

const booleans: Readonly<Record<string, string>> = {
  on: 'on',
  true: 'on',
  t: 'on',
  yes: 'on',
  y: 'on',
  '1': 'on',
  off: 'off',
  false: 'off',
  f: 'off',
  no: 'off',
  n: 'off',
  '0': 'off',
};

export const boolean: Parser = (name) => (text) => {
  const value = booleans[text.trim().toLowerCase()];
  if (value === undefined) throw new DuckshiftError('22023', `parameter "${name}" requires a Boolean value`);
  return value;
};

export const integer =
  (minimum: number, maximum: number): Parser =>
  (name) =>
  (text) => {
    const value = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) throw new DuckshiftError('22023', `parameter "${name}" requires an integer value`);
    if (value < minimum || value > maximum)
      throw new DuckshiftError(
        '22023',
        `${value} is outside the valid range for parameter "${name}" (${minimum} .. ${maximum})`,
      );
    return String(value);
  };

export const number =
  (minimum: number, maximum: number): Parser =>
  (name) =>
  (text) => {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value) || value < minimum || value > maximum) throw invalid(name, text);
    return text.trim();
  };

const milliseconds: Readonly<Record<string, number>> = {
  '': 1,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds, with PostgreSQL's units. */
export const duration: Parser = (name) => (text) => {
  const match = /^\s*(\d+)\s*(ms|s|min|h|d|)\s*$/i.exec(text);
  const factor = milliseconds[match?.[2]?.toLowerCase() ?? ''];
  const value = match === null || factor === undefined ? Number.NaN : Number(match[1]) * factor;
  if (!(value <= 2_147_483_647)) throw invalid(name, text);
  return String(value);
};

export const text: Parser = () => (value) => value;

export const words =
  (...allowed: readonly string[]): Parser =>
  (name) =>
  (value) => {
    const wanted = value.trim().toLowerCase();
    const found = allowed.find((word) => word.toLowerCase() === wanted);
    if (found === undefined) throw invalid(name, value, `Available values: ${allowed.join(', ')}.`);
    return found;
  };

/** A setting whose other values duckshift cannot obey. */
export const only =
  (
    value: string,
    accept: (text: string) => boolean = (given) => given.trim().toLowerCase() === value.toLowerCase(),
  ): Parser =>
  (name) =>
  (given) => {
    if (!accept(given))
      throw new DuckshiftError('0A000', `${name} = '${given}' is not supported: duckshift only has ${value}`);
    return value;
  };

/** A Boolean that duckshift cannot obey in the other state: a wrong answer would be worse than a refusal. */
export const always =
  (value: 'on' | 'off'): Parser =>
  (name) =>
  (given) => {
    if (boolean(name)(given) === value) return value;
    throw new DuckshiftError('0A000', `${name} = '${given}' is not supported: duckshift only has ${value}`);
  };

/** A value the server gives and SET cannot change. */
export const fixed: Parser = (name) => () => {
  throw new DuckshiftError('55P02', `parameter "${name}" cannot be changed`);
};
