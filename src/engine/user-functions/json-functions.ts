import { raisedErrorText } from '../../../sql-dialect/duckdb/raised-error.js';
import { arrayLength, extractElementText, extractPathText, isJsonContainer } from '../../json/json-path.js';
import { JsonError, toStoredJson } from '../../json/stored-json.js';
import { isStrictJson, JSON_DUPLICATE_KEYS, judgeJson } from '../../json/strict-json.js';
import { type UserFunction, userFunction } from './definition.js';

/** JSON functions over text and bytes ("JSON functions", "SUPER functions"). */
export const jsonFunctions: readonly UserFunction[] = [
  userFunction('duckshift_can_json_parse', ['utf8'], 'bool', isStrictJson),
  userFunction('duckshift_can_json_parse', ['blob'], 'bool', isStrictJson),
  userFunction('duckshift_can_json_parse_dedup', ['utf8'], 'bool', isJson),
  userFunction('duckshift_can_json_parse_dedup', ['blob'], 'bool', isJson),
  userFunction('duckshift_json_parse', ['utf8'], 'json_utf8', (text) => parse(text, false)),
  userFunction('duckshift_json_parse', ['blob'], 'json_utf8', (text) => parse(text, false)),
  userFunction('duckshift_json_parse_dedup', ['utf8'], 'json_utf8', (text) => parse(text, true)),
  userFunction('duckshift_json_parse_dedup', ['blob'], 'json_utf8', (text) => parse(text, true)),
  userFunction('duckshift_try_json_parse', ['utf8'], 'json_utf8', (text) => tryParse(text, false)),
  userFunction('duckshift_try_json_parse', ['blob'], 'json_utf8', (text) => tryParse(text, false)),
  userFunction('duckshift_try_json_parse_dedup', ['utf8'], 'json_utf8', (text) => tryParse(text, true)),
  userFunction('duckshift_try_json_parse_dedup', ['blob'], 'json_utf8', (text) => tryParse(text, true)),
  userFunction('duckshift_is_json_object', ['utf8'], 'bool', (text) => isJsonContainer(text, false)),
  userFunction('duckshift_is_json_array', ['utf8'], 'bool', (text) => isJsonContainer(text, true)),
  userFunction(
    'duckshift_json_path_text',
    ['utf8', 'bool'],
    'text',
    (text, nullIfInvalid, ...path: string[]) =>
      orInvalid(() => extractPathText(text, path), nullIfInvalid, 'invalid json object', text),
    { rest: 'text' },
  ),
  userFunction('duckshift_json_element_text', ['utf8', 'int4', 'bool'], 'text', (text, position, nullIfInvalid) =>
    orInvalid(() => extractElementText(text, position), nullIfInvalid, 'invalid json array object', text),
  ),
  userFunction('duckshift_json_array_length', ['utf8', 'bool'], 'int4', (text, nullIfInvalid) =>
    orInvalid(() => arrayLength(text), nullIfInvalid, 'invalid json array object', text),
  ),
];

function isJson(text: Uint8Array): boolean {
  return judgeJson(text) >= JSON_DUPLICATE_KEYS;
}

function parse(text: Uint8Array, keepLast: boolean): Uint8Array {
  try {
    return toStoredJson(text, keepLast);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const reason = error.reason === 'duplicate' ? 'duplicate attribute in json object' : 'invalid json object';
    throw new Error(raisedErrorText('XX000', `JSON parsing error: ${reason} ${excerpt(text)}`));
  }
}

function tryParse(text: Uint8Array, keepLast: boolean): Uint8Array | null {
  try {
    return toStoredJson(text, keepLast);
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

function orInvalid<T>(read: () => T, nullIfInvalid: boolean, message: string, text: Uint8Array): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (nullIfInvalid) return null;
    throw new Error(raisedErrorText('XX000', `JSON parsing error: ${message} ${excerpt(text)}`));
  }
}

/** Enough of a text to recognise it; bytes that are not UTF-8 show as replacement characters. */
function excerpt(text: Uint8Array): string {
  const shown = Buffer.from(text.subarray(0, 200)).toString('utf8').replaceAll('\u001f', ' ');
  return text.length > 200 ? `${shown}…` : shown;
}
