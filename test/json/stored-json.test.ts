import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareJson, equalJson } from '../../src/json/json-order.js';
import { arrayLength, extractElementText, extractPathText, isJsonContainer } from '../../src/json/json-path.js';
import { objectMembers, splitArray } from '../../src/json/json-text.js';
import { JsonError, toStoredJson } from '../../src/json/stored-json.js';
import { JSON_STORED_FORM, judgeJson } from '../../src/json/strict-json.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const stored = (text: string, keepLast = false) => Buffer.from(toStoredJson(bytes(text), keepLast)).toString('utf8');

describe('stored form', () => {
  it.each([
    [' { "a" : [ 1 , 2.50 ] }\n', '{"a":[1,2.50]}'],
    ['"\\u00e9\\ud83d\\ude00\\/\\u0041"', '"é\u{1f600}/A"'],
    ['"\\u0022\\u005c\\u000a\\u001F"', '"\\"\\\\\\n\\u001f"'],
    ['{"z":1,"a":12345678901234567890123,"m":1e400}', '{"z":1,"a":12345678901234567890123,"m":1e400}'],
    ['"a  b"', '"a  b"'],
  ])('%s', (text, expected) => {
    expect(stored(text)).toBe(expected);
    expect(judgeJson(bytes(expected))).toBe(JSON_STORED_FORM);
  });

  it('keeps the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(1, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        if (/\\ud[89a-f]/.test(text)) return;
        expect(stored(text)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('keeps the last of equal attributes when asked, else fails', () => {
    expect(stored('{"a":1,"b":2,"a":{"x":1,"\\u0078":2}}', true)).toBe('{"a":{"x":2},"b":2}');
    expect(() => stored('{"a":1,"a":2}')).toThrow(new JsonError('duplicate'));
    expect(() => stored('{"a":1,}', true)).toThrow(new JsonError('invalid'));
  });
});

describe('taking JSON apart', () => {
  it('gives back what JSON.parse sees', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        expect(splitArray(JSON.stringify(values)).map((text) => JSON.parse(text))).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const members = objectMembers(JSON.stringify(value)).map(([name, text]) => [
          JSON.parse(name),
          JSON.parse(text),
        ]);
        expect(members).toEqual(Object.entries(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  it.each([
    ['{"f2":{"f3":1},"f4":{"f5":99,"f6":"star"}}', ['f4', 'f6'], 'star'],
    ['{"f2":{"f3":1},"f4":{"f5":99.50,"f6":"star"}}', ['f4', 'f5'], '99.50'],
    ['{"a":[10,{"b":"x"}]}', ['a', '1', 'b'], 'x'],
    ['{"a":[10,20]}', ['a', '2'], null],
    ['{"a":null}', ['a'], null],
    ['{"a":true}', ['a'], 'true'],
    ['{"a":{"b": 1}}', ['a'], '{"b": 1}'],
    ['{"a":1}', ['b'], null],
    ['{"a":1}', ['A'], null],
    ['{"\\u0061":"\\n"}', ['a'], '\n'],
    [' { "x" : { "y" : [ ] } , "a" : "é" } ', ['a'], 'é'],
    ['5', ['a'], null],
  ] as const)('path in %s', (json, path, expected) => {
    expect(extractPathText(bytes(json), path)).toBe(expected);
  });

  it('refuses what is not JSON', () => {
    expect(() => extractPathText(bytes('{"a":1'), ['a'])).toThrow(RangeError);
    expect(() => extractElementText(bytes('{"a":1}'), 0)).toThrow(RangeError);
    expect(() => arrayLength(bytes('[1,]'))).toThrow(RangeError);
  });

  it('counts and picks elements', () => {
    expect(arrayLength(bytes('[11,12,13,{"f1":21,"f2":[25,26]},14]'))).toBe(5);
    expect(arrayLength(bytes(' [ ] '))).toBe(0);
    expect(extractElementText(bytes('[111,112,113]'), 2)).toBe('113');
    expect(extractElementText(bytes('[111,"x"]'), -1)).toBeNull();
    expect(isJsonContainer(bytes('{}'), false)).toBe(true);
    expect(isJsonContainer(bytes('[]'), false)).toBe(false);
    expect(isJsonContainer(bytes(' []'), true)).toBe(true);
  });
});

describe('comparing SUPER values', () => {
  it.each([
    ['1', '1.0', true],
    ['12345678901234567890123', '12345678901234567890124', false],
    ['"a"', '"a  "', true],
    ['[1,2]', '[1.0,2]', true],
    ['{"a":1,"b":2}', '{"b":2,"a":1}', true],
    ['{"a":1}', '{"a":1,"b":2}', false],
    ['true', '1', false],
    ['null', 'null', true],
  ])('%s = %s', (left, right, expected) => {
    expect(equalJson(left, right)).toBe(expected);
  });

  it('orders boolean, number, string, array, object', () => {
    const values = ['{"a":1}', '[2]', '"b"', '10', '9', 'true', 'false', '[1,5]', '"B"'];
    expect([...values].sort(compareJson)).toEqual([
      'false',
      'true',
      '9',
      '10',
      '"B"',
      '"b"',
      '[1,5]',
      '[2]',
      '{"a":1}',
    ]);
  });
});
