/** "Numeric format strings", taken apart. */
export interface NumberFormat {
  readonly pieces: readonly NumberPiece[];
  /** Digit positions before and behind the decimal point. */
  readonly before: number;
  readonly behind: number;
  /** 1-based position before the point from which zeros are forced; 0 when none is. */
  readonly zeroFrom: number;
  /** Digit positions behind the point that show even when they are trailing zeros under FM. */
  readonly forcedBehind: number;
  /** Powers of ten that V multiplies by. */
  readonly shift: number;
  readonly fill: boolean;
  readonly roman: 'RN' | 'rn' | undefined;
  /** Where the sign stands. `before`: at the first digit, a blank when positive. */
  readonly sign: 'before' | 'S before' | 'S behind' | 'placed' | 'brackets';
}

export type NumberPiece =
  | { readonly kind: 'digit'; readonly zero: boolean }
  | { readonly kind: 'point' }
  | { readonly kind: 'group' }
  | { readonly kind: 'currency' }
  | { readonly kind: 'sign'; readonly form: 'MI' | 'PL' | 'SG' }
  | { readonly kind: 'ordinal'; readonly text: 'TH' | 'th' }
  | { readonly kind: 'text'; readonly text: string };

/** Why a number format is refused; the message says which part. */
export class NumberFormatError extends Error {
  override readonly name = 'NumberFormatError';
}

const cache = new Map<string, NumberFormat>();
const CACHE_SIZE = 200;

/** Takes a number format apart. Formats seen before come from a cache. @throws NumberFormatError. */
export function numberFormat(format: string): NumberFormat {
  let parsed = cache.get(format);
  if (parsed === undefined) {
    parsed = new FormatReader(format).read();
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(format, parsed);
  }
  return parsed;
}

class FormatReader {
  readonly #pieces: NumberPiece[] = [];
  #before = 0;
  #behind = 0;
  #zeroFrom = 0;
  #forcedBehind = 0;
  #shift = 0;
  #fill = false;
  #roman: 'RN' | 'rn' | undefined;
  #sign: NumberFormat['sign'] = 'before';
  #afterPoint = false;
  #afterV = false;

  constructor(private readonly format: string) {}

  read(): NumberFormat {
    for (let at = 0; at < this.format.length; ) at += this.#piece(at);
    return {
      pieces: this.#pieces,
      before: this.#before,
      behind: this.#behind,
      zeroFrom: this.#zeroFrom,
      forcedBehind: this.#forcedBehind,
      shift: this.#shift,
      fill: this.#fill,
      roman: this.#roman,
      sign: this.#sign,
    };
  }

  /** Reads the piece at `at`; gives its length. */
  #piece(at: number): number {
    const two = this.format.slice(at, at + 2);
    switch (two.toUpperCase()) {
      case 'FM':
        this.#fill = true;
        return 2;
      case 'MI':
      case 'PL':
      case 'SG':
        this.#sign = 'placed';
        this.#pieces.push({
          kind: 'sign',
          form: two.toUpperCase() === 'MI' ? 'MI' : two.toUpperCase() === 'PL' ? 'PL' : 'SG',
        });
        return 2;
      case 'PR':
        this.#sign = 'brackets';
        return 2;
      case 'RN':
        this.#roman = two === 'RN' ? 'RN' : 'rn';
        return 2;
      case 'TH':
        this.#pieces.push({ kind: 'ordinal', text: two === 'TH' ? 'TH' : 'th' });
        return 2;
      case 'EE':
        throw new NumberFormatError('"EEEE" is not supported');
      default:
        return this.#single(at);
    }
  }

  #single(at: number): number {
    const character = this.format.charAt(at);
    switch (character.toUpperCase()) {
      case '9':
      case '0':
        this.#digit(character === '0');
        return 1;
      case '.':
      case 'D':
        if (this.#afterPoint) throw new NumberFormatError('multiple decimal points');
        this.#afterPoint = true;
        this.#pieces.push({ kind: 'point' });
        return 1;
      case ',':
      case 'G':
        this.#pieces.push({ kind: 'group' });
        return 1;
      case 'L':
      case 'C':
      case '$':
        this.#pieces.push({ kind: 'currency' });
        return 1;
      case 'S':
        this.#sign = this.#before + this.#behind === 0 ? 'S before' : 'S behind';
        return 1;
      case 'V':
        this.#afterV = true;
        return 1;
      case '"': {
        const close = this.format.indexOf('"', at + 1);
        const end = close === -1 ? this.format.length : close;
        this.#pieces.push({ kind: 'text', text: this.format.slice(at + 1, end) });
        return end + 1 - at;
      }
      default:
        this.#pieces.push({ kind: 'text', text: character });
        return 1;
    }
  }

  #digit(zero: boolean): void {
    this.#pieces.push({ kind: 'digit', zero });
    if (this.#afterPoint) {
      this.#behind++;
      if (zero) this.#forcedBehind = this.#behind;
      return;
    }
    this.#before++;
    if (this.#afterV) this.#shift++;
    if (zero && this.#zeroFrom === 0) this.#zeroFrom = this.#before;
  }
}
