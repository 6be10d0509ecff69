import { createHash } from 'node:crypto';
import { raisedErrorText } from '../../../sql-dialect/duckdb/raised-error.js';
import { type UserFunction, userFunction } from './definition.js';
import { farmFingerprint64 } from './farm-hash.js';
import { fnv1a } from './fnv-hash.js';
import { murmur3, unscaledBytes } from './murmur-hash.js';

/** "Hash functions" that DuckDB lacks. */
export const hashFunctions: readonly UserFunction[] = [
  userFunction('duckshift_sha2', ['blob', 'int4'], 'text', sha2),
  userFunction('duckshift_farmfingerprint64', ['blob'], 'int8', farmFingerprint64),
  userFunction('duckshift_fnv', ['blob', 'int8'], 'int8', fnv1a),
  userFunction('duckshift_fnv_integer', ['int8', 'int4', 'int8'], 'int8', (value, size, seed) =>
    fnv1a(littleEndian(value).subarray(0, size), seed),
  ),
  userFunction('duckshift_fnv_float', ['float8', 'int8'], 'int8', (value, seed) => fnv1a(doubleBytes(value), seed)),
  userFunction('duckshift_murmur3', ['blob', 'int4'], 'int4', murmur3),
  userFunction('duckshift_murmur3_long', ['int8', 'int4'], 'int4', (value, seed) => murmur3(littleEndian(value), seed)),
  userFunction('duckshift_murmur3_double', ['float8', 'int4'], 'int4', (value, seed) =>
    murmur3(doubleBytes(value), seed),
  ),
  userFunction('duckshift_murmur3_decimal', ['text', 'int4'], 'int4', (value, seed) =>
    murmur3(unscaledBytes(value), seed),
  ),
];

const scratch = new DataView(new ArrayBuffer(8));
const scratchBytes = new Uint8Array(scratch.buffer);

function littleEndian(value: bigint): Uint8Array {
  scratch.setBigInt64(0, value, true);
  return scratchBytes;
}

function doubleBytes(value: number): Uint8Array {
  scratch.setFloat64(0, value, true);
  return scratchBytes;
}

const sha2Names: Readonly<Record<number, string>> = {
  0: 'sha256',
  224: 'sha224',
  256: 'sha256',
  384: 'sha384',
  512: 'sha512',
};

/** "SHA2 function": 0 is 256; any other number of bits gives an empty string. */
function sha2(bytes: Uint8Array, size: number): string {
  const name = sha2Names[size];
  if (name === undefined) {
    throw new Error(raisedErrorText('22023', 'SHA2 takes 0, 224, 256, 384 or 512 bits'));
  }
  return createHash(name).update(bytes).digest('hex');
}
