import { catalogOnlyTypes } from '../types/catalog-types.js';
import { elementType, isVector } from '../types/coercion.js';
import type { RedshiftType, TypeId } from '../types/redshift-type.js';
import { typeEntry } from '../types/type-table.js';
import type { CallContext, FunctionDefinition } from './contract.js';
import { encodingName } from './encodings.js';
import { scalar } from './entry.js';
import { int4, name, superType, unknown, varchar } from './result-types.js';

const page = 'Leader node-only functions';
const textArray: RedshiftType = { id: 'text_array' };

const catalogTypes: readonly TypeId[] = [
  'bool',
  'int2',
  'int4',
  'int8',
  'numeric',
  'float4',
  'float8',
  'char',
  'varchar',
  'date',
  'time',
  'timetz',
  'timestamp',
  'timestamptz',
  'interval',
  'intervaly2m',
  'intervald2s',
  'super',
  'varbyte',
  'geometry',
  'geography',
  'hllsketch',
  'text',
  'name',
  'oid',
  'regclass',
  'regtype',
  'regproc',
  'bool_array',
  'int2_array',
  'int4_array',
  'int8_array',
  'text_array',
  'int2vector',
  'oidvector',
];

/**
 * Functions of the PostgreSQL catalogs that need nothing but their arguments ("Functions and Operators", PostgreSQL
 * 8.0).
 */
export const catalogFunctions: readonly FunctionDefinition[] = [
  scalar(page, 'format_type', ['oid', 'integer'], varchar, formatType()),
  scalar(
    page,
    'pg_encoding_to_char',
    ['integer'],
    name,
    "CASE $1 WHEN 6 THEN 'UTF8' WHEN 0 THEN 'SQL_ASCII' ELSE '' END",
  ),
  scalar(page, 'pg_get_expr', ['string', 'oid'], varchar, '$1'),
  scalar(page, 'pg_get_expr', ['string', 'oid', 'boolean'], varchar, '$1'),
  scalar(page, 'array_to_string', ['any', 'string'], varchar, 'array_to_string($1, $2)'),
  scalar(page, 'format_encoding', ['integer'], varchar, encodingName('$1')),
  scalar(page, 'string_to_array', ['string', 'string'], textArray, 'string_split($1, $2)'),
  // Names of the internal functions by which PostgreSQL 8 casts; AWS's JDBC driver reads lengths of procedures'
  // arguments with them.
  scalar(page, 'byteaout', ['string'], varchar, '$1'),
  scalar(page, 'textin', ['string'], varchar, '$1'),
  // A row (x, n) for each element: pgjdbc reads the columns of keys with it.
  scalar('PostgreSQL: information_schema', '_pg_expandarray', ['any'], superType, expandArray),
  scalar(page, 'array_upper', ['any', 'integer'], int4, (call) =>
    bound(call, (array, first) => `CAST(len(${array}) - 1 + ${first} AS INTEGER)`),
  ),
  scalar(page, 'array_lower', ['any', 'integer'], int4, (call) => bound(call, (_array, first) => String(first))),
];

function expandArray(call: CallContext): string {
  const [array] = call.args;
  if (array === undefined || elementType(array.type ?? unknown) === undefined)
    return call.fail('42883', 'function _pg_expandarray of a value that is no array does not exist', 0);
  const element = `coalesce(CAST(to_json((${array.sql})[i]) AS VARCHAR), 'null')`;
  return `unnest(list_transform(generate_series(1, len(${array.sql})), lambda i: CAST('{"x":' || ${element} || ',"n":' || i || '}' AS JSON)))`;
}

/** Arrays count from 1, vectors from 0. An empty one has no bounds, and there is one dimension. */
function bound({ args }: CallContext, value: (array: string, first: number) => string): string {
  const [array, dimension] = args;
  if (array === undefined || dimension === undefined) return 'NULL';
  const form = value(array.sql, isVector(array.type) ? 0 : 1);
  return `CASE WHEN ${dimension.sql} = 1 AND len(${array.sql}) > 0 THEN ${form} END`;
}

/** `character varying(256)`, `numeric(8,2)`: the modifier is decoded as PostgreSQL encodes it. */
function formatType(): string {
  const branches = catalogTypes.map((id) => {
    const { oid, displayName, modifier } = typeEntry(id);
    const shown = `'${displayName}'`;
    if (modifier === 'length')
      return `WHEN ${oid} THEN ${shown} || CASE WHEN $2 > 4 THEN '(' || ($2 - 4) || ')' ELSE '' END`;
    if (modifier === 'precision scale') {
      const digits = "'(' || (($2 - 4) >> 16) || ',' || (($2 - 4) & 65535) || ')'";
      return `WHEN ${oid} THEN ${shown} || CASE WHEN $2 > 4 THEN ${digits} ELSE '' END`;
    }
    return `WHEN ${oid} THEN ${shown}`;
  });
  for (const { oid, displayName } of catalogOnlyTypes) branches.push(`WHEN ${oid} THEN '${displayName}'`);
  return `CASE $1 ${branches.join(' ')} WHEN 0 THEN '-' ELSE CASE WHEN $1 IS NOT NULL THEN '???' END END`;
}
