import { ordinalSuffix } from './datetime-format.js';
import { type NumberFormat, numberFormat } from './number-format.js';

/**
 * "TO_CHAR function" of a number, which is given as decimal or scientific text so that no digit is lost.
 *
 * @throws NumberFormatError
 */
export function formatNumber(number: string, format: string): string {
  const parsed = numberFormat(format);
  if (parsed.roman !== undefined) return roman(number, parsed);
  const value = rounded(number, parsed.shift, parsed.behind);
  if (value === undefined) return '#'.repeat(parsed.before + parsed.behind + 1);
  return new NumberWriter(value, parsed).write();
}

interface Digits {
  readonly negative: boolean;
  /** Without leading zeros. */
  readonly whole: string;
  readonly fraction: string;
}

/** `number` times ten to the `shift`, rounded half away from zero. Undefined for NaN and Infinity. */
function rounded(number: string, shift: number, places: number): Digits | undefined {
  const parts = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(number.trim());
  if (parts === null) return undefined;
  const fraction = parts[3] ?? '';
  const exponent = Number(parts[4] ?? 0) + shift;
  let digits = (parts[2] ?? '') + fraction;
  let scale = fraction.length - exponent;
  if (scale < places) {
    digits += '0'.repeat(places - scale);
    scale = places;
  }
  let value = BigInt(digits === '' ? '0' : digits);
  if (scale > places) {
    const unit = 10n ** BigInt(scale - places);
    value = (value + unit / 2n) / unit;
  }
  const text = value.toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places).replace(/^0+/, '');
  return { negative: parts[1] === '-' && value !== 0n, whole, fraction: text.slice(text.length - places) };
}

class NumberWriter {
  readonly #whole: string;
  readonly #fraction: string;
  readonly #negative: boolean;
  readonly #overflow: boolean;
  #out = '';
  /** A digit, or the point, has been written. */
  #started = false;
  #signWritten = false;
  /** Positions passed, before and behind the point. */
  #before = 0;
  #behind = 0;
  #inFraction = false;

  constructor(
    value: Digits,
    private readonly format: NumberFormat,
  ) {
    this.#whole = value.whole === '' && format.behind === 0 && format.before > 0 ? '0' : value.whole;
    this.#negative = value.negative;
    this.#overflow = value.whole.length > format.before;
    this.#fraction = format.fill ? trimZeros(value.fraction, format.forcedBehind) : value.fraction;
  }

  write(): string {
    for (const piece of this.format.pieces) {
      switch (piece.kind) {
        case 'digit':
          if (this.#inFraction) this.#fractionDigit();
          else this.#wholeDigit();
          break;
        case 'point':
          this.#start();
          this.#inFraction = true;
          this.#out += '.';
          break;
        case 'group':
          if (this.#started) this.#out += ',';
          else if (!this.format.fill) this.#out += ' ';
          break;
        case 'currency':
          this.#out += '$';
          break;
        case 'sign':
          this.#out += this.#placedSign(piece.form);
          break;
        case 'ordinal':
          if (!this.#negative && this.format.behind === 0) {
            const suffix = ordinalSuffix(this.#whole);
            this.#out += piece.text === 'TH' ? suffix.toUpperCase() : suffix;
          }
          break;
        case 'text':
          this.#out += piece.text;
      }
    }
    if (!this.#signWritten && this.format.before + this.format.behind > 0) this.#start();
    if (this.format.sign === 'S behind') this.#out += this.#negative ? '-' : '+';
    if (this.format.sign === 'brackets') this.#out += this.#negative ? '>' : this.format.fill ? '' : ' ';
    return this.#out;
  }

  #wholeDigit(): void {
    this.#before++;
    const place = this.#before - (this.format.before - this.#whole.length);
    const forced = this.format.zeroFrom > 0 && this.#before >= this.format.zeroFrom;
    if (this.#overflow || place > 0 || forced || this.#started) {
      this.#start();
      this.#out += this.#overflow ? '#' : place > 0 ? this.#whole.charAt(place - 1) : '0';
    } else if (!this.format.fill) this.#out += ' ';
  }

  #fractionDigit(): void {
    this.#start();
    this.#out += this.#overflow ? '#' : this.#fraction.charAt(this.#behind);
    this.#behind++;
  }

  /** The sign goes right before the first digit. */
  #start(): void {
    this.#started = true;
    if (this.#signWritten) return;
    this.#signWritten = true;
    switch (this.format.sign) {
      case 'before':
        this.#out += this.#negative ? '-' : this.format.fill ? '' : ' ';
        break;
      case 'S before':
        this.#out += this.#negative ? '-' : '+';
        break;
      case 'brackets':
        this.#out += this.#negative ? '<' : this.format.fill ? '' : ' ';
        break;
      case 'placed':
        if (this.#negative && !this.format.pieces.some((piece) => piece.kind === 'sign' && piece.form !== 'PL')) {
          this.#out += '-';
        }
        break;
      case 'S behind':
    }
  }

  #placedSign(form: 'MI' | 'PL' | 'SG'): string {
    const blank = this.format.fill ? '' : ' ';
    if (form === 'SG') return this.#negative ? '-' : '+';
    if (form === 'MI') return this.#negative ? '-' : blank;
    return this.#negative ? blank : '+';
  }
}

function trimZeros(fraction: string, keep: number): string {
  let end = fraction.length;
  while (end > keep && fraction.charAt(end - 1) === '0') end--;
  return fraction.slice(0, end);
}

const romanDigits: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];
const ROMAN_WIDTH = 15;

/** Right-aligned in fifteen places; only 1 to 3999 can be written. */
function roman(number: string, format: NumberFormat): string {
  const value = rounded(number, 0, 0);
  let rest = value === undefined || value.negative ? 0 : Number(value.whole);
  if (rest < 1 || rest > 3999) return '#'.repeat(ROMAN_WIDTH);
  let text = '';
  for (const [size, letters] of romanDigits) {
    while (rest >= size) {
      text += letters;
      rest -= size;
    }
  }
  if (format.roman === 'rn') text = text.toLowerCase();
  return format.fill ? text : text.padStart(ROMAN_WIDTH);
}
