/**
 * Numbers of JSON text by their exact decimal value, whatever their size and spelling: `1`, `1.0` and `1e0` are one
 * number, and none goes through floating point.
 */

/** `digits × 10^exponent`; digits have no zeros at either end, and zero has none at all. */
interface DecimalParts {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** Exponents beyond this are no numbers that Redshift keeps; they are all taken for this one. */
const greatestExponent = 999_999_999;

function partsOf(text: string): DecimalParts {
  const negative = text.startsWith('-');
  const [mantissa = '', exponentText = '0'] = text.slice(negative ? 1 : 0).split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return { negative: false, digits: '', exponent: 0 };
  const trimmed = digits.replace(/0+$/, '');
  const written = Math.max(-greatestExponent, Math.min(greatestExponent, Number(exponentText)));
  return { negative, digits: trimmed, exponent: written - fraction.length + digits.length - trimmed.length };
}

/** Longest run of zeros that is written out. */
const mostZeros = 60;

/**
 * One spelling for each number: without an exponent unless it is very large or small, without zeros that say nothing.
 */
export function canonicalNumber(text: string): string {
  const { negative, digits, exponent } = partsOf(text);
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  const point = digits.length + exponent;
  if (exponent > mostZeros || point < -mostZeros) return `${sign}${digits}e${exponent}`;
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${sign}0.${'0'.repeat(-point)}${digits}`;
}

/** A text that sorts, byte by byte, as the numbers do, equal for equal numbers; none begins another. */
export function numberOrderKey(text: string): string {
  const { negative, digits, exponent } = partsOf(text);
  if (digits === '') return '1';
  const magnitude = String(5_000_000_000 + exponent + digits.length).padStart(10, '0') + digits;
  if (!negative) return `2${magnitude}!`;
  return `0${magnitude.replace(/\d/g, (digit) => String(9 - Number(digit)))}~`;
}

/** Negative, 0 or positive as `left` is less than, equal to or greater than `right`. */
export function compareNumbers(left: string, right: string): number {
  const [a, b] = [numberOrderKey(left), numberOrderKey(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
