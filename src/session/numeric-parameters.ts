import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';

const maximumPrecision = 38;
const decimal = /^\s*[+-]?(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?\s*$/i;

/**
 * A NUMERIC parameter without precision and scale must not be rounded to NUMERIC's default (18,0), nor to the scale of
 * the column it is compared with: each gets the precision and scale of its value, as if that had been written in the
 * statement.
 *
 * @returns the types to compile the statement with, or undefined when none is open.
 */
export function numericParameterTypes(
  types: readonly RedshiftType[],
  parameters: readonly (string | null)[],
): RedshiftType[] | undefined {
  if (!types.some(isOpenNumeric)) return undefined;
  return types.map((type, index) => (isOpenNumeric(type) ? numericTypeOf(parameters[index] ?? '0') : type));
}

function isOpenNumeric({ id, precision }: RedshiftType): boolean {
  return id === 'numeric' && precision === undefined;
}

/**
 * The type that holds the digits of `text`; NUMERIC(38,0) for text that is not a number, which its cast will refuse.
 */
function numericTypeOf(text: string): RedshiftType {
  const match = decimal.exec(text);
  const [, whole = '', decimals = '', exponent = '0'] = match ?? [];
  if (match === null || whole + decimals === '') return { id: 'numeric', precision: maximumPrecision, scale: 0 };
  const shift = Number(exponent);
  const scale = Math.min(Math.max(decimals.length - shift, 0), maximumPrecision - 1);
  const wholeDigits = Math.max(whole.replace(/^0+/, '').length + shift, 0);
  return { id: 'numeric', precision: Math.min(Math.max(wholeDigits + scale, 1), maximumPrecision), scale };
}
