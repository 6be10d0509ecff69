/**
 * Arithmetic of SUPER numbers ("Dynamic typing", "Operators and functions with SUPER"): integers and decimals are
 * exact, with the scale that DECIMAL arithmetic gives; a number written with an exponent is a float, and makes the
 * result one.
 */

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** A decimal as its digits and how many of them stand behind the point. */
interface Decimal {
  readonly value: bigint;
  readonly scale: number;
}

/** Most digits of a DECIMAL. */
const mostDigits = 38;

/** The divisor is zero. */
export class DivisionByZero extends Error {
  override readonly name = 'DivisionByZero';
}

/**
 * `left operator right` as JSON text.
 *
 * @returns undefined for a result of more than 38 digits.
 * @throws DivisionByZero
 */
export function calculate(operator: ArithmeticOperator, left: string, right: string): string | undefined {
  if (/[eE]/.test(left) || /[eE]/.test(right)) return calculateFloats(operator, Number(left), Number(right));
  const result = calculateDecimals(operator, decimalOf(left), decimalOf(right));
  return digitsOf(result.value) > mostDigits ? undefined : decimalText(result);
}

/** A float as Redshift prints it inside SUPER; undefined for what JSON cannot hold. */
export function floatText(value: number): string | undefined {
  return Number.isFinite(value) ? value.toExponential() : undefined;
}

function calculateFloats(operator: ArithmeticOperator, left: number, right: number): string | undefined {
  if (right === 0 && (operator === '/' || operator === '%')) throw new DivisionByZero();
  switch (operator) {
    case '+':
      return floatText(left + right);
    case '-':
      return floatText(left - right);
    case '*':
      return floatText(left * right);
    case '/':
      return floatText(left / right);
    case '%':
      return floatText(left % right);
  }
}

function calculateDecimals(operator: ArithmeticOperator, left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  switch (operator) {
    case '+':
      return { value: scaledTo(left, scale) + scaledTo(right, scale), scale };
    case '-':
      return { value: scaledTo(left, scale) - scaledTo(right, scale), scale };
    case '*':
      return { value: left.value * right.value, scale: left.scale + right.scale };
    case '/':
      return quotient(left, right);
    case '%':
      if (right.value === 0n) throw new DivisionByZero();
      return { value: scaledTo(left, scale) % scaledTo(right, scale), scale };
  }
}

/** Cut at the scale that dividing DECIMALs has ("Computations with numeric values"); integers give an integer. */
function quotient(left: Decimal, right: Decimal): Decimal {
  if (right.value === 0n) throw new DivisionByZero();
  if (left.scale === 0 && right.scale === 0) return { value: left.value / right.value, scale: 0 };
  const precision = Math.max(digitsOf(right.value), right.scale);
  const scale = Math.max(4, left.scale + precision - right.scale + 1);
  return { value: (left.value * 10n ** BigInt(scale + right.scale - left.scale)) / right.value, scale };
}

function scaledTo({ value, scale }: Decimal, to: number): bigint {
  return value * 10n ** BigInt(to - scale);
}

function decimalOf(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.');
  return { value: BigInt(whole + fraction), scale: fraction.length };
}

function digitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

function decimalText({ value, scale }: Decimal): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** What ABS, FLOOR, CEIL, ROUND and TRUNC do to a number. */
export type Rounding = 'abs' | 'floor' | 'ceil' | 'round' | 'trunc';

/**
 * The function of a number as JSON text: a decimal keeps its scale under `abs`, and has as many digits behind the point
 * as the others leave. A float stays one.
 *
 * @param places digits behind the point that are kept; negative ones are zeros before it.
 */
export function roundNumber(how: Rounding, text: string, places: number): string | undefined {
  if (/[eE]/.test(text)) return roundFloat(how, Number(text), places);
  const number = decimalOf(text);
  if (how === 'abs')
    return decimalText({ value: number.value < 0n ? -number.value : number.value, scale: number.scale });
  if (places >= number.scale) return decimalText(number);
  const unit = 10n ** BigInt(number.scale - places);
  const cut = roundedUnits(how, number.value, unit);
  return places >= 0
    ? decimalText({ value: cut, scale: places })
    : decimalText({ value: cut * 10n ** BigInt(-places), scale: 0 });
}

function roundedUnits(how: Exclude<Rounding, 'abs'>, value: bigint, unit: bigint): bigint {
  const cut = value / unit;
  const rest = value % unit;
  const away = value < 0n ? -1n : 1n;
  switch (how) {
    case 'trunc':
      return cut;
    case 'floor':
      return rest < 0n ? cut - 1n : cut;
    case 'ceil':
      return rest > 0n ? cut + 1n : cut;
    case 'round':
      return rest * away * 2n >= unit ? cut + away : cut;
  }
}

function roundFloat(how: Rounding, value: number, places: number): string | undefined {
  const factor = 10 ** places;
  const scaled = value * factor;
  switch (how) {
    case 'abs':
      return floatText(Math.abs(value));
    case 'floor':
      return floatText(Math.floor(scaled) / factor);
    case 'ceil':
      return floatText(Math.ceil(scaled) / factor);
    case 'trunc':
      return floatText(Math.trunc(scaled) / factor);
    case 'round':
      return floatText((Math.sign(scaled) * Math.round(Math.abs(scaled))) / factor);
  }
}
