import type { OutputColumn } from '../../../sql-dialect/plan.js';
import type { TypeId } from '../../../sql-dialect/types/redshift-type.js';
import type { TextChunk, TextColumn } from '../../engine/contract.js';
import { textValue } from '../../session/text-rows.js';
import type { ResultPage } from './result.js';

/** The JSON of a Field from a value in text form. */
type FieldEncoder = (text: string) => string;

const stringValue: FieldEncoder = (text) => `{"stringValue":${JSON.stringify(text)}}`;
/** The digits as they are: a JavaScript number would lose those of a large BIGINT. */
const longValue: FieldEncoder = (text) => `{"longValue":${text}}`;
/** Infinities and NaN are strings in AWS's JSON. */
const doubleValue: FieldEncoder = (text) => `{"doubleValue":${/^-?\d/.test(text) ? text : JSON.stringify(text)}}`;
const booleanValue: FieldEncoder = (text) => `{"booleanValue":${text === 't'}}`;

/**
 * Types that are not strings ("Mapping JDBC data types when calling the Amazon Redshift Data API"). VARBYTE is a string
 * of hexadecimal digits.
 */
const encoders: Partial<Readonly<Record<TypeId, FieldEncoder>>> = {
  bool: booleanValue,
  int2: longValue,
  int4: longValue,
  int8: longValue,
  oid: longValue,
  float4: doubleValue,
  float8: doubleValue,
};

/** `Records` of a page: a JSON array of rows, each an array of Fields. */
export function recordsJson(columns: readonly OutputColumn[], page: ResultPage): string {
  const encoderOf = columns.map(({ type }) => encoders[type.id] ?? stringValue);
  const rows: string[] = [];
  for (const chunk of page.chunks)
    for (let row = 0; row < chunk.rowCount; row++) rows.push(rowJson(chunk, row, encoderOf));
  return `[${rows.join(',')}]`;
}

function rowJson({ columns }: TextChunk, row: number, encoderOf: readonly FieldEncoder[]): string {
  const fields = columns.map((column, index) => fieldJson(column, row, encoderOf[index] ?? stringValue));
  return `[${fields.join(',')}]`;
}

function fieldJson(column: TextColumn, row: number, encode: FieldEncoder): string {
  const value = textValue(column, row);
  return value === null ? '{"isNull":true}' : encode(value);
}
