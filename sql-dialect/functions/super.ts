import type { CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { objectTransform } from './object-transform.js';
import { bool, int4, int8, superType, varchar } from './result-types.js';
import { superElement, superValue } from './super-value.js';

/** A JSON number without fraction or exponent. */
const whole = "regexp_full_match(CAST($1 AS VARCHAR), '-?[0-9]+')";
const between = (type: string) => `coalesce(${whole} AND TRY_CAST(CAST($1 AS VARCHAR) AS ${type}) IS NOT NULL, false)`;
const isType = (...types: string[]) => `coalesce(json_type($1) IN (${types.map((t) => `'${t}'`).join(', ')}), false)`;
const digits = "replace(ltrim(CAST($1 AS VARCHAR), '-'), '.', '')";

/** SUPER values: arrays, objects and what type a value has ("SUPER functions", "SUPER type information functions"). */
export const superFunctions: readonly FunctionDefinition[] = [
  scalar('JSON_TYPEOF function', 'json_typeof', ['super'], varchar, jsonTypeOf()),
  scalar('IS_ARRAY function', 'is_array', ['super'], bool, isType('ARRAY')),
  scalar('IS_OBJECT function', 'is_object', ['super'], bool, isType('OBJECT')),
  scalar('IS_BOOLEAN function', 'is_boolean', ['super'], bool, isType('BOOLEAN')),
  scalar('IS_VARCHAR function', 'is_varchar', ['super'], bool, isType('VARCHAR')),
  scalar(
    'IS_CHAR function',
    'is_char',
    ['super'],
    bool,
    "coalesce(json_type($1) = 'VARCHAR' AND strlen(json_extract_string($1, '$')) = length(json_extract_string($1, '$')), false)",
  ),
  scalar(
    'IS_SCALAR function',
    'is_scalar',
    ['super'],
    bool,
    "coalesce(json_type($1) NOT IN ('ARRAY', 'OBJECT', 'NULL'), false)",
  ),
  scalar('IS_SMALLINT function', 'is_smallint', ['super'], bool, between('SMALLINT')),
  scalar('IS_INTEGER function', 'is_integer', ['super'], bool, between('INTEGER')),
  scalar('IS_BIGINT function', 'is_bigint', ['super'], bool, between('BIGINT')),
  scalar(
    'IS_DECIMAL function',
    'is_decimal',
    ['super'],
    bool,
    `coalesce(regexp_full_match(CAST($1 AS VARCHAR), '-?[0-9]+([.][0-9]+)?') AND strlen(${digits}) <= 38, false)`,
  ),
  scalar(
    'IS_FLOAT function',
    'is_float',
    ['super'],
    bool,
    "coalesce(regexp_full_match(CAST($1 AS VARCHAR), '-?[0-9]+([.][0-9]+)?[eE][+-]?[0-9]+'), false)",
  ),
  scalar(
    'DECIMAL_PRECISION function',
    'decimal_precision',
    ['super'],
    int4,
    decimalPart(`strlen(ltrim(${digits}, '0'))`),
  ),
  scalar(
    'DECIMAL_SCALE function',
    'decimal_scale',
    ['super'],
    int4,
    decimalPart("strlen(split_part(CAST($1 AS VARCHAR), '.', 2))"),
  ),
  scalar('SIZE function', 'size', ['super'], int4, 'CAST(strlen(CAST($1 AS VARCHAR)) AS INTEGER)'),

  scalar('ARRAY function', 'array', [], superType, "CAST('[]' AS JSON)"),
  scalar('ARRAY function', 'array', ['any'], superType, arrayOf, { variadic: true }),
  scalar('OBJECT function', 'object', [], superType, "CAST('{}' AS JSON)"),
  scalar('OBJECT function', 'object', ['any'], superType, objectOf, { variadic: true }),
  ...objectTransform,
  scalar('ARRAY_CONCAT function', 'array_concat', ['super', 'super'], superType, 'duckshift_array_concat($1, $2)'),
  scalar('ARRAY_FLATTEN function', 'array_flatten', ['super'], superType, 'duckshift_array_flatten($1)', {
    variadic: true,
  }),
  scalar('SUBARRAY function', 'subarray', ['super', 'integer'], superType, 'duckshift_subarray($1, $2, NULL)'),
  scalar('SUBARRAY function', 'subarray', ['super', 'integer', 'integer'], superType, 'duckshift_subarray($1, $2, $3)'),
  scalar(
    'GET_ARRAY_LENGTH function',
    'get_array_length',
    ['super'],
    int8,
    "CASE WHEN json_type($1) = 'ARRAY' THEN CAST(json_array_length($1) AS BIGINT) END",
  ),
  scalar('SPLIT_TO_ARRAY function', 'split_to_array', ['string'], superType, "to_json(string_split($1, ','))"),
  scalar('SPLIT_TO_ARRAY function', 'split_to_array', ['string', 'string'], superType, 'to_json(string_split($1, $2))'),
  ...search('array_contains', bool),
  ...search('array_position', int4),
  ...search('array_positions', superType),
  ...distinctPair('array_except'),
  ...distinctPair('array_intersection'),
  ...distinctPair('array_union'),
  scalar(
    'ARRAYS_OVERLAP function',
    'arrays_overlap',
    ['super', 'super'],
    bool,
    'duckshift_arrays_overlap($1, $2, true)',
  ),
  scalar(
    'ARRAYS_OVERLAP function',
    'arrays_overlap',
    ['super', 'super', 'boolean'],
    bool,
    'duckshift_arrays_overlap($1, $2, $3)',
  ),
  scalar('ARRAY_DISTINCT function', 'array_distinct', ['super'], superType, 'duckshift_array_distinct($1)'),
  scalar('ARRAY_SORT function', 'array_sort', ['super'], superType, 'duckshift_array_sort($1, true, false)'),
  scalar('ARRAY_SORT function', 'array_sort', ['super', 'boolean'], superType, 'duckshift_array_sort($1, $2, NOT $2)'),
  scalar(
    'ARRAY_SORT function',
    'array_sort',
    ['super', 'boolean', 'boolean'],
    superType,
    'duckshift_array_sort($1, $2, $3)',
  ),
  scalar(
    'GET_NUMBER_ATTRIBUTES function',
    'get_number_attributes',
    ['super'],
    int4,
    "CASE WHEN json_type($1) = 'OBJECT' THEN CAST(len(json_keys($1)) AS INTEGER) END",
  ),
  scalar(
    'LOWER_ATTRIBUTE_NAMES function',
    'lower_attribute_names',
    ['super'],
    superType,
    'duckshift_attribute_names($1, false)',
  ),
  scalar(
    'UPPER_ATTRIBUTE_NAMES function',
    'upper_attribute_names',
    ['super'],
    superType,
    'duckshift_attribute_names($1, true)',
  ),
];

function jsonTypeOf(): string {
  const names = [
    ['OBJECT', 'object'],
    ['ARRAY', 'array'],
    ['VARCHAR', 'string'],
    ['BIGINT', 'number'],
    ['UBIGINT', 'number'],
    ['DOUBLE', 'number'],
    ['BOOLEAN', 'boolean'],
    ['NULL', 'null'],
  ];
  return `CASE json_type($1) ${names.map(([duckdb, redshift]) => `WHEN '${duckdb}' THEN '${redshift}'`).join(' ')} END`;
}

function decimalPart(count: string): string {
  return `CASE WHEN regexp_full_match(CAST($1 AS VARCHAR), '-?[0-9]+([.][0-9]+)?') THEN CAST(${count} AS INTEGER) END`;
}

function arrayOf(call: CallContext): string {
  const elements = call.args.map((argument, i) => superElement(argument, call, i));
  return `CAST('[' || ${elements.join(" || ',' || ")} || ']' AS JSON)`;
}

function objectOf(call: CallContext): string {
  if (call.args.length % 2 === 1) call.fail('42883', 'object requires an even number of arguments');
  const members: string[] = [];
  for (let i = 0; i < call.args.length; i += 2) {
    const key = call.args[i];
    const value = call.args[i + 1];
    if (key === undefined || value === undefined) break;
    members.push(`CAST(${superValue(key, call, i)} AS VARCHAR) || ':' || ${superElement(value, call, i + 1)}`);
  }
  return `CAST('{' || ${members.join(" || ',' || ")} || '}' AS JSON)`;
}

/** ARRAY_CONTAINS and similar functions: array, value, and whether NULL is a value (`null_match`, on by default). */
function search(name: string, returns: typeof bool): FunctionDefinition[] {
  const page = `${name.toUpperCase()} function`;
  const form = (call: CallContext) => {
    const [array, value, nullMatch] = call.args;
    const sought = value === undefined ? 'NULL' : superValue(value, call, 1);
    return `duckshift_${name}(${array?.sql}, ${sought}, ${nullMatch?.sql ?? 'true'})`;
  };
  return [
    scalar(page, name, ['super', 'any'], returns, form),
    scalar(page, name, ['super', 'any', 'boolean'], returns, form),
  ];
}

/** Set operations: two arrays, and whether the result is free of duplicates (off by default). */
function distinctPair(name: string): FunctionDefinition[] {
  const page = `${name.toUpperCase()} function`;
  return [
    scalar(page, name, ['super', 'super'], superType, `duckshift_${name}($1, $2, false)`),
    scalar(page, name, ['super', 'super', 'boolean'], superType, `duckshift_${name}($1, $2, $3)`),
  ];
}
