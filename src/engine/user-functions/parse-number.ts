import { numberFormat } from './number-format.js';

/**
 * "TO_NUMBER function": the decimal text of the number that `text` writes in `format`: group marks and currency signs
 * are passed over, a minus sign anywhere or angle brackets make it negative.
 *
 * @throws RangeError when a digit position holds something else; NumberFormatError
 */
export function parseNumber(text: string, format: string): string {
  const parsed = numberFormat(format);
  const significant = text.replace(/[\s$,+<>-]/g, '');
  const negative = text.includes('-') || /<.*>/.test(text);
  const point = significant.indexOf('.');
  const written = point === -1 ? significant : significant.slice(0, point);
  const whole = written.slice(0, parsed.before);
  const fraction = point === -1 ? '' : significant.slice(point + 1, point + 1 + parsed.behind);
  if (!/^\d*$/.test(written) || !/^\d*$/.test(fraction) || whole + fraction === '') {
    throw new RangeError(`invalid input syntax for type numeric: "${text}"`);
  }
  return `${negative ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}
