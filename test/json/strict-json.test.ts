import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isStrictJson,
  JSON_DUPLICATE_KEYS,
  JSON_INVALID,
  JSON_STORED_FORM,
  JSON_VALID,
  judgeJson,
} from '../../src/json/strict-json.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('strict JSON', () => {
  it.each([
    ['{}', JSON_STORED_FORM],
    ['[]', JSON_STORED_FORM],
    ['null', JSON_STORED_FORM],
    ['true', JSON_STORED_FORM],
    ['false', JSON_STORED_FORM],
    ['-0.10e+5', JSON_STORED_FORM],
    ['"é\u{1f600}"', JSON_STORED_FORM],
    ['{"a":[1,{"b":null}],"c":"\\n\\u0001"}', JSON_STORED_FORM],
    [' {"a" : 1}\n', JSON_VALID],
    ['"\\u00e9"', JSON_VALID],
    ['"\\/"', JSON_VALID],
    ['"\\u001F"', JSON_VALID],
    ['"\\u000a"', JSON_VALID],
    ['"\\ud83d\\ude00"', JSON_VALID],
    ['{"a":1,"a":2}', JSON_DUPLICATE_KEYS],
    ['{"a":1,"\\u0061":2}', JSON_DUPLICATE_KEYS],
    ['{"\\u0061":1,"a":2}', JSON_DUPLICATE_KEYS],
    ['{"x":{"a":1},"a":{"x":1,"a":3}}', JSON_STORED_FORM],
    ['', JSON_INVALID],
    [' ', JSON_INVALID],
    ['[1,]', JSON_INVALID],
    ['[,1]', JSON_INVALID],
    ['[1 2]', JSON_INVALID],
    ['{"a":1,}', JSON_INVALID],
    ['{a:1}', JSON_INVALID],
    ['{"a"}', JSON_INVALID],
    ["{'a':1}", JSON_INVALID],
    ['[1}', JSON_INVALID],
    ['{"a":1]', JSON_INVALID],
    ['[', JSON_INVALID],
    ['NaN', JSON_INVALID],
    ['Infinity', JSON_INVALID],
    ['tru', JSON_INVALID],
    ['fulse', JSON_INVALID],
    ['nul', JSON_INVALID],
    ['truex', JSON_INVALID],
    ['01', JSON_INVALID],
    ['1.', JSON_INVALID],
    ['.5', JSON_INVALID],
    ['+1', JSON_INVALID],
    ['1e', JSON_INVALID],
    ['-', JSON_INVALID],
    ['"a', JSON_INVALID],
    ['"\\x"', JSON_INVALID],
    ['"\\u12g4"', JSON_INVALID],
    ['"\\ud83d"', JSON_INVALID],
    ['"\\ude00"', JSON_INVALID],
    ['"a\nb"', JSON_INVALID],
    ['1 // no', JSON_INVALID],
    ['{} {}', JSON_INVALID],
    ['\ufeff{}', JSON_INVALID],
  ])('%s', (text, verdict) => {
    expect(judgeJson(bytes(text))).toBe(verdict);
  });

  it.each([['c328'], ['c0af'], ['e08080'], ['eda080'], ['f4908080'], ['f08080af'], ['ff'], ['e282']])(
    'refuses malformed UTF-8 %s inside a string',
    (hex) => {
      expect(isStrictJson(Buffer.concat([bytes('"'), Buffer.from(hex, 'hex'), bytes('"')]))).toBe(false);
    },
  );

  it('accepts 1,000 levels and no more', () => {
    expect(isStrictJson(bytes('['.repeat(1000) + ']'.repeat(1000)))).toBe(true);
    expect(isStrictJson(bytes('['.repeat(1001) + ']'.repeat(1001)))).toBe(false);
    expect(isStrictJson(bytes('['.repeat(3_000_000)))).toBe(false);
  });

  it('finds a duplicate among many attributes without comparing all pairs', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `"k${i}":${i}`);
    expect(judgeJson(bytes(`{${names.join(',')}}`))).toBe(JSON_STORED_FORM);
    expect(judgeJson(bytes(`{${names.join(',')},"k7":0}`))).toBe(JSON_DUPLICATE_KEYS);
  });

  it('accepts what JSON.stringify prints, in stored form when it is compact', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON.stringify escapes lone surrogates, which no UTF-8 text can hold.
        const text = JSON.stringify(value);
        if (/\\ud[89a-f]/.test(text)) return;
        expect(judgeJson(bytes(text))).toBe(JSON_STORED_FORM);
        expect(isStrictJson(bytes(JSON.stringify(value, null, 2)))).toBe(true);
      }),
    );
  });

  it('agrees with JSON.parse on damaged documents', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '0', '\\', ' '),
        (value, at, put) => {
          const text = JSON.stringify(value);
          if (/\\u/.test(text) || /[\ud800-\udfff]/.test(text)) return;
          const place = at % text.length;
          const damaged = text.slice(0, place) + put + text.slice(place + 1);
          let parses = true;
          try {
            JSON.parse(damaged);
          } catch {
            parses = false;
          }
          if (/\\ud/.test(damaged)) return;
          expect(judgeJson(bytes(damaged)) !== JSON_INVALID).toBe(parses);
        },
      ),
    );
  });
});
