import type { BoundArgument, CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { bool, int4, superType, varbyte, varchar } from './result-types.js';

/** JSON over text, and the way between text and SUPER ("JSON functions", "JSON_PARSE function"). */
export const jsonFunctions: readonly FunctionDefinition[] = [
  scalar('JSON_PARSE function', 'json_parse', ['string'], superType, parse),
  scalar('JSON_PARSE function', 'json_parse', ['varbyte'], superType, parse),
  scalar('CAN_JSON_PARSE function', 'can_json_parse', ['string'], bool, canParse),
  scalar('CAN_JSON_PARSE function', 'can_json_parse', ['varbyte'], bool, canParse),
  scalar('JSON_SERIALIZE function', 'json_serialize', ['super'], varchar, "coalesce(CAST($1 AS VARCHAR), 'null')"),
  scalar(
    'JSON_SERIALIZE_TO_VARBYTE function',
    'json_serialize_to_varbyte',
    ['super'],
    varbyte,
    "encode(coalesce(CAST($1 AS VARCHAR), 'null'))",
  ),
  scalar('JSON_SIZE function', 'json_size', ['super'], int4, 'CAST(strlen(CAST($1 AS VARCHAR)) AS INTEGER)'),

  scalar('IS_VALID_JSON function', 'is_valid_json', ['string'], bool, 'duckshift_is_json_object($1)'),
  scalar('IS_VALID_JSON_ARRAY function', 'is_valid_json_array', ['string'], bool, 'duckshift_is_json_array($1)'),
  scalar('JSON_ARRAY_LENGTH function', 'json_array_length', ['string'], int4, 'duckshift_json_array_length($1, false)'),
  scalar(
    'JSON_ARRAY_LENGTH function',
    'json_array_length',
    ['string', 'boolean'],
    int4,
    'duckshift_json_array_length($1, $2)',
  ),
  scalar(
    'JSON_EXTRACT_ARRAY_ELEMENT_TEXT function',
    'json_extract_array_element_text',
    ['string', 'integer'],
    varchar,
    'duckshift_json_element_text($1, $2, false)',
  ),
  scalar(
    'JSON_EXTRACT_ARRAY_ELEMENT_TEXT function',
    'json_extract_array_element_text',
    ['string', 'integer', 'boolean'],
    varchar,
    'duckshift_json_element_text($1, $2, $3)',
  ),
  scalar('JSON_EXTRACT_PATH_TEXT function', 'json_extract_path_text', ['string', 'any'], varchar, extractPathText, {
    variadic: true,
  }),
];

/** The reader's verdict has been given for the stream column: the binder replaces CAN_JSON_PARSE there. */
function canParse(call: CallContext): string {
  return `duckshift_can_json_parse${dedupSuffix(call)}(${call.args[0]?.sql})`;
}

function parse(call: CallContext): string {
  const name = call.settings.parseSuperNullOnError ? 'duckshift_try_json_parse' : 'duckshift_json_parse';
  return `${name}${dedupSuffix(call)}(${call.args[0]?.sql})`;
}

function dedupSuffix(call: CallContext): string {
  return call.settings.jsonParseDedupAttributes === true ? '_dedup' : '';
}

/** Path elements, then perhaps the flag `null_if_invalid`. */
function extractPathText(call: CallContext): string {
  const [json, ...rest] = call.args;
  const last = rest.at(-1);
  const hasFlag = rest.length > 1 && last?.type.id === 'bool';
  const path = (hasFlag ? rest.slice(0, -1) : rest).map(pathElement);
  return `duckshift_json_path_text(${[json?.sql, hasFlag ? last?.sql : 'false', ...path].join(', ')})`;
}

function pathElement(argument: BoundArgument): string {
  const isText = argument.type.id === 'varchar' || argument.type.id === 'char' || argument.type.id === 'unknown';
  return isText ? argument.sql : `CAST(${argument.sql} AS VARCHAR)`;
}
