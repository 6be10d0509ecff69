import type { OutputColumn } from '../../../sql-dialect/plan.js';
import type { RedshiftType, TypeId } from '../../../sql-dialect/types/redshift-type.js';
import { typeEntry, typeModifier } from '../../../sql-dialect/types/type-table.js';
import type { WireField } from '../codec/backend-messages.js';
import { arrayFormat, vectorFormat } from './array-format.js';
import type { BinaryFormat } from './binary-format.js';
import { booleanFormat } from './boolean-format.js';
import { dateFormat, timeFormat, timestampFormat, timestamptzFormat, timetzFormat } from './date-time-format.js';
import { intervalDayToSecondFormat, intervalFormat, intervalYearToMonthFormat } from './interval-format.js';
import { float4Format, float8Format, int2Format, int4Format, int8Format, oidFormat } from './number-format.js';
import { numericFormat } from './numeric-format.js';
import { plainTextFormat, varbyteFormat } from './text-format.js';

/** Binary form of each type; a type with `undefined` has none here. */
const binaryFormats: Readonly<Record<TypeId, BinaryFormat | undefined>> = {
  bool: booleanFormat,
  int2: int2Format,
  int4: int4Format,
  int8: int8Format,
  numeric: numericFormat,
  float4: float4Format,
  float8: float8Format,
  char: plainTextFormat,
  varchar: plainTextFormat,
  date: dateFormat,
  time: timeFormat,
  timetz: timetzFormat,
  timestamp: timestampFormat,
  timestamptz: timestamptzFormat,
  interval: intervalFormat,
  intervaly2m: intervalYearToMonthFormat,
  intervald2s: intervalDayToSecondFormat,
  super: plainTextFormat,
  varbyte: varbyteFormat,
  geometry: undefined,
  geography: undefined,
  hllsketch: undefined,
  text: plainTextFormat,
  name: plainTextFormat,
  oid: oidFormat,
  regclass: undefined,
  regtype: undefined,
  regproc: undefined,
  bool_array: arrayFormat(typeEntry('bool').oid, booleanFormat),
  int2_array: arrayFormat(typeEntry('int2').oid, int2Format),
  int4_array: arrayFormat(typeEntry('int4').oid, int4Format),
  int8_array: arrayFormat(typeEntry('int8').oid, int8Format),
  text_array: arrayFormat(typeEntry('text').oid, plainTextFormat),
  int2vector: vectorFormat(typeEntry('int2').oid, int2Format),
  oidvector: vectorFormat(typeEntry('oid').oid, oidFormat),
  unknown: plainTextFormat,
};

const typeIdsByOid = new Map<number, TypeId>();
for (const id of Object.keys(binaryFormats) as TypeId[]) typeIdsByOid.set(typeEntry(id).oid, id);

/**
 * Types that Redshift does not have but that clients declare for bytes they send: bytea and json. They are read as what
 * the server inferred.
 */
const foreignByteTypes = new Set([17, 114]);

/** Arrays of "char", name, char and varchar, which clients declare for what are texts here. */
const foreignTextArrays = new Set([1002, 1003, 1014, 1015]);

/** The binary form of a type, or undefined. */
export function binaryFormatOf(type: RedshiftType): BinaryFormat | undefined {
  return binaryFormats[type.id];
}

/**
 * How a binary parameter is read: by the type the client declared, else by the one the server inferred. Undefined when
 * that has no binary form here.
 */
export function parameterFormat(declaredOid: number, inferred: RedshiftType): BinaryFormat | undefined {
  if (foreignByteTypes.has(declaredOid))
    return inferred.id === 'varbyte' || isPlainText(inferred) ? binaryFormats[inferred.id] : undefined;
  if (foreignTextArrays.has(declaredOid)) return inferred.id === 'text_array' ? binaryFormats[inferred.id] : undefined;
  if (declaredOid === 0 || declaredOid === typeEntry('unknown').oid) return binaryFormats[inferred.id];
  const declared = typeOfParameterOid(declaredOid);
  return declared && binaryFormats[declared.id];
}

/** True where text and binary form are the same bytes. */
export function isPlainText(type: RedshiftType): boolean {
  return binaryFormats[type.id] === plainTextFormat;
}

/**
 * The type a client declared for a parameter; undefined for 0, `unknown` and OIDs that Redshift does not have: the
 * server infers those.
 */
export function typeOfParameterOid(oid: number): RedshiftType | undefined {
  const id = typeIdsByOid.get(oid);
  return id === undefined || id === 'unknown' ? undefined : { id };
}

/**
 * OID reported for a parameter. One whose type cannot be inferred is reported as a string: clients cannot encode
 * `unknown`. A type for bytes that the client declared stays as declared: the JDBC drivers fail when the server reports
 * another.
 */
export function parameterOid(type: RedshiftType, declaredOid = 0): number {
  if (foreignByteTypes.has(declaredOid)) return declaredOid;
  return typeEntry(type.id === 'unknown' ? 'varchar' : type.id).oid;
}

/** A result column as RowDescription describes it. */
export function wireField(column: OutputColumn): WireField {
  const { oid, typlen } = typeEntry(column.type.id);
  return { label: column.label, oid, size: typlen, modifier: typeModifier(column.type) };
}
