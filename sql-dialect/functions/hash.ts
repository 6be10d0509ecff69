import type { BoundArgument, CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { int4, int8, varchar } from './result-types.js';

/** "Hash functions". Text and bytes are hashed as they stand, an integer as its bytes, least significant first. */
export const hashFunctions: readonly FunctionDefinition[] = [
  scalar('MD5 function', 'md5', ['string'], varchar, 'md5($1)'),
  scalar('MD5 function', 'md5', ['varbyte'], varchar, 'md5($1)'),
  ...['sha', 'sha1', 'func_sha1'].flatMap((name) => [
    scalar('SHA1 function', name, ['string'], varchar, 'sha1($1)'),
    scalar('SHA1 function', name, ['varbyte'], varchar, 'sha1($1)'),
  ]),
  scalar('SHA2 function', 'sha2', ['string', 'integer'], varchar, 'duckshift_sha2(encode($1), $2)'),
  scalar('SHA2 function', 'sha2', ['varbyte', 'integer'], varchar, 'duckshift_sha2($1, $2)'),
  scalar(
    'FARMFINGERPRINT64 function',
    'farmfingerprint64',
    ['string'],
    int8,
    'duckshift_farmfingerprint64(encode($1))',
  ),
  scalar('FARMFINGERPRINT64 function', 'farmfingerprint64', ['varbyte'], int8, 'duckshift_farmfingerprint64($1)'),
  scalar('FNV_HASH function', 'fnv_hash', ['any'], int8, fnvHash),
  scalar('FNV_HASH function', 'fnv_hash', ['any', 'bigint'], int8, fnvHash),
  scalar('MURMUR3_32_HASH function', 'murmur3_32_hash', ['any'], int4, murmurHash),
  scalar('MURMUR3_32_HASH function', 'murmur3_32_hash', ['any', 'integer'], int4, murmurHash),
];

const FNV_OFFSET_BASIS = '-3750763034362895579';

/** Days and microseconds are counted from 2000-01-01, as PostgreSQL 8 stores dates. */
function fnvHash(call: CallContext): string {
  const { sql, type } = hashed(call);
  const seed = call.args[1]?.sql ?? `CAST(${FNV_OFFSET_BASIS} AS BIGINT)`;
  const integer = (value: string, bytes: number) =>
    `duckshift_fnv_integer(CAST(${value} AS BIGINT), ${bytes}, ${seed})`;
  switch (type.id) {
    case 'bool':
      return integer(sql, 1);
    case 'int2':
      return integer(sql, 2);
    case 'int4':
    case 'oid':
      return integer(sql, 4);
    case 'int8':
      return integer(sql, 8);
    case 'date':
      return integer(`${sql} - DATE '2000-01-01'`, 4);
    case 'timestamp':
      return integer(`epoch_us(${sql}) - epoch_us(TIMESTAMP '2000-01-01')`, 8);
    case 'timestamptz':
      return integer(`epoch_us(${sql}) - epoch_us(TIMESTAMP '2000-01-01')`, 8);
    case 'float4':
    case 'float8':
      return `duckshift_fnv_float(CAST(${sql} AS DOUBLE), ${seed})`;
    case 'varbyte':
      return `duckshift_fnv(${sql}, ${seed})`;
    case 'numeric':
      if ((type.precision ?? 18) <= 18) return integer(unscaled(sql), 8);
      return unsupported(call);
    case 'char':
    case 'varchar':
    case 'text':
    case 'name':
    case 'unknown':
      return `duckshift_fnv(encode(CAST(${sql} AS VARCHAR)), ${seed})`;
    default:
      return unsupported(call);
  }
}

/** Binary forms of the Apache Iceberg specification, Appendix B. */
function murmurHash(call: CallContext): string {
  const { sql, type } = hashed(call);
  const seed = call.args[1]?.sql ?? '0';
  const long = (value: string) => `duckshift_murmur3_long(CAST(${value} AS BIGINT), ${seed})`;
  switch (type.id) {
    case 'bool':
    case 'int2':
    case 'int4':
    case 'int8':
    case 'oid':
      return long(sql);
    case 'date':
      return long(`${sql} - DATE '1970-01-01'`);
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return long(`epoch_us(${sql})`);
    case 'float4':
    case 'float8':
      return `duckshift_murmur3_double(CAST(${sql} AS DOUBLE), ${seed})`;
    case 'numeric':
      return `duckshift_murmur3_decimal(CAST(${sql} AS VARCHAR), ${seed})`;
    case 'varbyte':
      return `duckshift_murmur3(${sql}, ${seed})`;
    case 'char':
    case 'varchar':
    case 'text':
    case 'name':
    case 'unknown':
      return `duckshift_murmur3(encode(CAST(${sql} AS VARCHAR)), ${seed})`;
    default:
      return unsupported(call);
  }
}

function hashed(call: CallContext): BoundArgument {
  return call.args[0] ?? call.fail('42883', 'argument missing');
}

function unscaled(sql: string): string {
  return `replace(CAST(${sql} AS VARCHAR), '.', '')`;
}

function unsupported(call: CallContext): never {
  return call.fail('0A000', `hashing a value of type ${call.args[0]?.type.id} is not supported`, 0);
}
