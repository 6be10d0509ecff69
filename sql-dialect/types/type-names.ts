import type { RedshiftType, TypeId } from './redshift-type.js';

/** Why a written type is refused. `code` is a SQLSTATE. */
export interface TypeNameError {
  readonly code: string;
  readonly message: string;
}

interface Spelling {
  readonly id: TypeId;
  /** Length when none is written. */
  readonly length?: number;
  /** Name in limit errors. */
  readonly limitName?: string;
}

/** Every spelling of a type, in lower case ("Data types", "Character types", "Numeric types", AWS developer guide). */
const spellings: Readonly<Record<string, Spelling>> = {
  bool: { id: 'bool' },
  boolean: { id: 'bool' },
  smallint: { id: 'int2' },
  int2: { id: 'int2' },
  integer: { id: 'int4' },
  int: { id: 'int4' },
  int4: { id: 'int4' },
  bigint: { id: 'int8' },
  int8: { id: 'int8' },
  decimal: { id: 'numeric' },
  dec: { id: 'numeric' },
  numeric: { id: 'numeric' },
  real: { id: 'float4' },
  float4: { id: 'float4' },
  float: { id: 'float8' },
  float8: { id: 'float8' },
  double: { id: 'float8' },
  'double precision': { id: 'float8' },
  char: { id: 'char', length: 1 },
  character: { id: 'char', length: 1 },
  nchar: { id: 'char', length: 1 },
  'national char': { id: 'char', length: 1 },
  'national character': { id: 'char', length: 1 },
  bpchar: { id: 'char', length: 256 },
  varchar: { id: 'varchar', length: 256 },
  'character varying': { id: 'varchar', length: 256 },
  'char varying': { id: 'varchar', length: 256 },
  nvarchar: { id: 'varchar', length: 256 },
  'national char varying': { id: 'varchar', length: 256 },
  'national character varying': { id: 'varchar', length: 256 },
  string: { id: 'varchar', length: 256 },
  text: { id: 'varchar', length: 256 },
  date: { id: 'date' },
  time: { id: 'time' },
  'time without time zone': { id: 'time' },
  timetz: { id: 'timetz' },
  'time with time zone': { id: 'timetz' },
  datetime: { id: 'timestamp' },
  timestamp: { id: 'timestamp' },
  'timestamp without time zone': { id: 'timestamp' },
  timestamptz: { id: 'timestamptz' },
  'timestamp with time zone': { id: 'timestamptz' },
  interval: { id: 'interval' },
  intervaly2m: { id: 'intervaly2m' },
  intervald2s: { id: 'intervald2s' },
  super: { id: 'super' },
  varbyte: { id: 'varbyte', length: 64_000 },
  varbinary: { id: 'varbyte', length: 64_000 },
  'binary varying': { id: 'varbyte', length: 64_000 },
  geometry: { id: 'geometry' },
  geography: { id: 'geography' },
  hllsketch: { id: 'hllsketch' },
  name: { id: 'name' },
  oid: { id: 'oid' },
  regclass: { id: 'regclass' },
  regtype: { id: 'regtype' },
  regproc: { id: 'regproc' },
};

const arrays: Partial<Record<TypeId, TypeId>> = {
  bool: 'bool_array',
  int2: 'int2_array',
  int4: 'int4_array',
  int8: 'int8_array',
  varchar: 'text_array',
  text: 'text_array',
  char: 'text_array',
  name: 'text_array',
  oid: 'int8_array',
};

/** The array of a type; undefined where catalogs have none. */
export function arrayTypeOf({ id }: RedshiftType): RedshiftType | undefined {
  const array = arrays[id];
  return array === undefined ? undefined : { id: array };
}

/** Greatest length in bytes. A VARCHAR expression may be longer than a column. */
export const maximumLength = {
  char: 4096,
  varchar: 65_535,
  varbyte: 16_777_216,
  varcharExpression: 16_000_000,
} as const;
export const maximumPrecision = 38;
const maximumScale = 37;

/**
 * The type that `name` with `modifiers` spells: `varchar` is VARCHAR(256), `char` CHAR(1), `decimal` NUMERIC(18,0),
 * `varchar(max)` VARCHAR(65535).
 *
 * @param name words in lower case, single spaces.
 * @returns the type, or why it is refused (42704 for a name that is not a type).
 */
export function typeFromName(
  name: string,
  modifiers: readonly (number | 'max')[] = [],
  array = false,
): RedshiftType | TypeNameError {
  const interval = name.startsWith('interval ') ? intervalType(name) : undefined;
  const spelling = interval === undefined ? spellings[name] : { id: interval };
  if (spelling === undefined || !Object.hasOwn(spellings, interval === undefined ? name : 'interval')) {
    return { code: '42704', message: `type "${name}" does not exist` };
  }
  const scalar = withModifiers(name, spelling, modifiers);
  if (!array || 'code' in scalar) return scalar;
  const id = arrays[scalar.id];
  return id === undefined ? { code: '0A000', message: `arrays of ${name} are not supported` } : { id };
}

function intervalType(name: string): TypeId {
  const fields = name.slice('interval '.length);
  return /^(year|month)\b/.test(fields) ? 'intervaly2m' : 'intervald2s';
}

function withModifiers(
  name: string,
  spelling: Spelling,
  modifiers: readonly (number | 'max')[],
): RedshiftType | TypeNameError {
  const [first, second] = modifiers;
  switch (spelling.id) {
    case 'numeric':
      return numericType(first, second);
    case 'char':
    case 'varchar':
    case 'varbyte':
      return lengthType(spelling.id, first ?? spelling.length ?? 1);
    case 'float8':
      if (name !== 'float' || first === undefined) return { id: 'float8' };
      if (first === 'max' || first < 1 || first > 53) {
        return { code: '22023', message: 'precision for type float must be between 1 and 53 bits' };
      }
      return { id: first <= 24 ? 'float4' : 'float8' };
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'intervaly2m':
    case 'intervald2s':
      // Fractional-second precision is always 6.
      return { id: spelling.id };
    default:
      if (first !== undefined) return { code: '42601', message: `type modifier is not allowed for type "${name}"` };
      return { id: spelling.id };
  }
}

function numericType(
  precision: number | 'max' | undefined,
  scale: number | 'max' | undefined,
): RedshiftType | TypeNameError {
  if (precision === 'max' || scale === 'max') return { code: '42601', message: 'MAX is not a numeric precision' };
  const p = precision ?? 18;
  const s = scale ?? 0;
  if (p < 1 || p > maximumPrecision) {
    return { code: '22023', message: `NUMERIC precision ${p} must be between 1 and ${maximumPrecision}` };
  }
  if (s < 0 || s > p || s > maximumScale) {
    return { code: '22023', message: `NUMERIC scale ${s} must be between 0 and precision ${p}` };
  }
  return { id: 'numeric', precision: p, scale: s };
}

function lengthType(id: 'char' | 'varchar' | 'varbyte', written: number | 'max'): RedshiftType | TypeNameError {
  const limit = maximumLength[id];
  const length = written === 'max' ? limit : written;
  const shown = id === 'char' ? 'character' : id === 'varchar' ? 'character varying' : 'varbyte';
  if (length < 1) return { code: '22023', message: `length for type ${shown} must be at least 1` };
  if (length > limit) return { code: '22023', message: `length for type ${shown} cannot exceed ${limit}` };
  return { id, length };
}
