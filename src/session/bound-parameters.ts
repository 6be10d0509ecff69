import type { RedshiftType, TypeId } from '../../sql-dialect/types/redshift-type.js';
import { DuckshiftError } from '../base/errors.js';
import type { EngineValue } from '../engine/contract.js';

const integers: Partial<Record<TypeId, { readonly bits: 16 | 32 | 64; readonly name: string }>> = {
  int2: { bits: 16, name: 'smallint' },
  int4: { bits: 32, name: 'integer' },
  int8: { bits: 64, name: 'bigint' },
};
/** No integer type holds more digits. */
const mostDigits = 19;

/**
 * Parameters as the engine takes them: integers read here, as strictly as Redshift reads text, all others as the text
 * they are, which the rewritten SQL reads. A statement of a thousand integers would spend a tenth of a second on
 * planning the reading of each in SQL.
 *
 * @throws DuckshiftError 22P02 for text that is not an integer, 22003 for one out of its type's range.
 */
export function boundParameters(
  types: readonly RedshiftType[],
  parameters: readonly (string | null)[],
): readonly EngineValue[] {
  return parameters.map((text, index) => {
    const integer = integers[types[index]?.id ?? 'unknown'];
    return text === null || integer === undefined ? text : readInteger(text, integer.bits, integer.name);
  });
}

function readInteger(text: string, bits: 16 | 32 | 64, name: string): EngineValue {
  const [, sign, digits] = /^\s*([+-]?)0*(\d+)\s*$/.exec(text) ?? [];
  if (digits === undefined) throw new DuckshiftError('22P02', `invalid input syntax for integer: "${text}"`);
  const value = digits.length > mostDigits ? undefined : BigInt(`${sign === '-' ? '-' : ''}${digits}`);
  if (value === undefined || BigInt.asIntN(bits, value) !== value)
    throw new DuckshiftError('22003', `value "${text}" is out of range for type ${name}`);
  return { bits, value };
}
