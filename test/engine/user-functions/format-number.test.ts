import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../src/engine/user-functions/format-number.js';
import { NumberFormatError } from '../../../src/engine/user-functions/number-format.js';
import { parseNumber } from '../../../src/engine/user-functions/parse-number.js';

describe('TO_CHAR of a number', () => {
  it.each([
    // The examples of PostgreSQL's chapter "Data Type Formatting Functions", with a comma as group mark and $ as
    // currency.
    ['-0.1', '99.99', '  -.10'],
    ['-0.1', 'FM9.99', '-.1'],
    ['0.1', '0.9', ' 0.1'],
    ['12', '9990999.9', '    0012.0'],
    ['12', 'FM9990999.9', '0012.'],
    ['485', '999', ' 485'],
    ['-485', '999', '-485'],
    ['485', '9 9 9', ' 4 8 5'],
    ['1485', '9,999', ' 1,485'],
    ['1485', '9G999', ' 1,485'],
    ['148.5', '999.999', ' 148.500'],
    ['148.5', 'FM999.999', '148.5'],
    ['148.5', 'FM999.990', '148.500'],
    ['148.5', '999D999', ' 148.500'],
    ['3148.5', '9G999D999', ' 3,148.500'],
    ['-485', '999S', '485-'],
    ['-485', '999MI', '485-'],
    ['485', '999MI', '485 '],
    ['485', 'FM999MI', '485'],
    ['485', 'PL999', '+485'],
    ['485', 'SG999', '+485'],
    ['-485', 'SG999', '-485'],
    ['-485', '9SG99', '4-85'],
    ['-485', '999PR', '<485>'],
    ['485', '999PR', ' 485 '],
    ['485', 'L999', '$ 485'],
    ['485', 'RN', '        CDLXXXV'],
    ['485', 'FMRN', 'CDLXXXV'],
    ['5.2', 'FMRN', 'V'],
    ['482', '999th', ' 482nd'],
    ['111', '999TH', ' 111TH'],
    ['485', '"Good number:"999', 'Good number: 485'],
    ['485.8', '"Pre:"999" Post:" .999', 'Pre: 485 Post: .800'],
    ['12', '99V999', ' 12000'],
    ['12.4', '99V999', ' 12400'],
    ['12.45', '99V9', ' 125'],
    ['-125.8', '999D99S', '125.80-'],
    ['618.80', 'l99999D99', '$   618.80'],
    ['0', '9', ' 0'],
    ['0', '9.99', '  .00'],
    ['-0.001', '0.99', ' 0.00'],
    ['1234', '99', ' ##'],
    ['1234.5', '99.9', ' ##.#'],
    ['99.99', '99.9', ' ##.#'],
    ['2.5', '9', ' 3'],
    ['-12', 'S9999', '  -12'],
    ['12', 'S0999', '+0012'],
    ['1234567', '9,999,999', ' 1,234,567'],
    ['12', '9,999,999', '        12'],
    ['12', 'FM9,999,999', '12'],
    ['1.5e3', '9999', ' 1500'],
    ['1.25e-1', '0.999', ' 0.125'],
    ['4000', 'RN', '###############'],
  ])('%s as %s', (number, format, expected) => {
    expect(formatNumber(number, format)).toBe(expected);
  });

  it('refuses what it cannot do', () => {
    expect(() => formatNumber('1', '9.9.9')).toThrow(NumberFormatError);
    expect(() => formatNumber('1', '9EEEE')).toThrow(NumberFormatError);
  });

  it('is read back by TO_NUMBER with the same format', () => {
    const format = 'S999G999G999D99';
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (cents) => {
        const sign = cents < 0 ? '-' : '';
        const digits = String(Math.abs(cents)).padStart(3, '0');
        const text = `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(Number(parseNumber(formatNumber(text, format), format))).toBe(Number(text));
      }),
    );
  });
});

describe('TO_NUMBER', () => {
  it.each([
    ['12,454.8-', '99G999D9S', '-12454.8'],
    ['$ 2,012,454.88', 'L 9,999,999.99', '2012454.88'],
    ['<485>', '999PR', '-485'],
    ['0007', '9999', '0007'],
  ])('%s by %s', (text, format, expected) => {
    expect(parseNumber(text, format)).toBe(expected);
  });

  it('refuses text without a number', () => {
    expect(() => parseNumber('abc', '999')).toThrow(RangeError);
    expect(() => parseNumber('', '999')).toThrow(RangeError);
  });
});
