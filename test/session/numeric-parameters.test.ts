import { expect, test } from 'vitest';
import { numericParameterTypes } from '../../src/session/numeric-parameters.js';

test.each([
  ['12.340', 5, 3],
  ['-0.001', 3, 3],
  ['0', 1, 0],
  ['000123', 3, 0],
  ['1e5', 6, 0],
  ['1.25E-3', 5, 5],
  ['1.25e1', 3, 1],
  ['99999999999999999999999999999999999999', 38, 0],
  ['nonsense', 38, 0],
  [null, 1, 0],
])('an open NUMERIC parameter has the digits of its value %s', (value, precision, scale) => {
  expect(numericParameterTypes([{ id: 'unknown' }, { id: 'numeric' }], ['x', value])).toEqual([
    { id: 'unknown' },
    { id: 'numeric', precision, scale },
  ]);
});

test('other types, and NUMERIC with a precision, stay as they are', () => {
  expect(
    numericParameterTypes([{ id: 'int4' }, { id: 'numeric', precision: 8, scale: 2 }], ['1', '2']),
  ).toBeUndefined();
});
