import { type BinaryFormat, incorrectBinary, unencodable } from './binary-format.js';

const positive = 0x0000;
const negative = 0x4000;
const notANumber = 0xc000;

/**
 * NUMERIC as groups of four decimal digits, most significant first: int16 count of groups, int16 weight (power of
 * 10,000 of the first), uint16 sign, uint16 count of decimals shown, then the groups. Leading and trailing zero groups
 * are left out.
 */
export const numericFormat: BinaryFormat = {
  encode: (text, writer) => {
    if (text === 'NaN') {
      writer.int16(0).int16(0).int16(notANumber).int16(0);
      return;
    }
    const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
    const [whole, decimals] = [match?.[2] ?? '', match?.[3] ?? ''];
    if (match === null || whole + decimals === '') throw unencodable('numeric', text);
    const digits = pad(whole, 'start') + pad(decimals, 'end');
    const groups = digits.match(/\d{4}/g)?.map(Number) ?? [];
    let weight = Math.ceil(whole.length / 4) - 1;
    while (groups[0] === 0) {
      groups.shift();
      weight--;
    }
    while (groups.at(-1) === 0) groups.pop();
    const sign = match[1] === '-' && groups.length > 0 ? negative : positive;
    writer.int16(groups.length).int16(groups.length === 0 ? 0 : weight);
    writer.int16(sign).int16(decimals.length);
    for (const group of groups) writer.int16(group);
  },
  decode: (bytes) => {
    if (bytes.length < 8) throw incorrectBinary();
    const count = bytes.readInt16BE(0);
    const weight = bytes.readInt16BE(2);
    const sign = bytes.readUInt16BE(4);
    const scale = bytes.readUInt16BE(6);
    if (count < 0 || bytes.length !== 8 + 2 * count) throw incorrectBinary();
    if (sign === notANumber) return 'NaN';
    if (sign !== positive && sign !== negative) throw incorrectBinary();
    const group = (index: number): string => {
      const value = index < 0 || index >= count ? 0 : bytes.readUInt16BE(8 + 2 * index);
      if (value > 9999) throw incorrectBinary();
      return String(value).padStart(4, '0');
    };
    let whole = '';
    for (let index = 0; index <= weight; index++) whole += group(index);
    let decimals = '';
    for (let index = weight + 1; decimals.length < scale; index++) decimals += group(index);
    const text = `${whole.replace(/^0+(?=\d)/, '') || '0'}${scale > 0 ? `.${decimals.slice(0, scale)}` : ''}`;
    return sign === negative ? `-${text}` : text;
  },
};

/** Zeros up to a multiple of four digits. */
function pad(digits: string, side: 'start' | 'end'): string {
  const length = Math.ceil(digits.length / 4) * 4;
  return side === 'start' ? digits.padStart(length, '0') : digits.padEnd(length, '0');
}
