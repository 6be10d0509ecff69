import { describeCalls } from './calls.js';

describeCalls('JSON_PARSE', [
  ['json_parse(\'{"b": 1, "a": [1.50, "x"]}\')', '{"b":1,"a":[1.50,"x"]}'],
  ['json_parse(\'[1,"a",null]\'::varbyte)', '[1,"a",null]'],
  ["json_parse('5')", '5'],
  ["json_parse('12345678901234567890123')", '12345678901234567890123'],
  ['json_parse(\'"\\\\u00e9"\')', '"é"'],
  ['json_parse(null)', null],
  ['json_parse(\'{"a":1,}\')', { code: 'XX000', message: /JSON parsing error/ }],
  ["json_parse('')", { code: 'XX000' }],
  ['json_parse(\'{"a":1,"a":2}\')', { code: 'XX000', message: /duplicate/ }],
]);

describeCalls('CAN_JSON_PARSE', [
  ['can_json_parse(\'[10001,10002,"⬤"]\')', 't'],
  ["can_json_parse('[10001,10002,]')", 'f'],
  ["can_json_parse('NaN')", 'f'],
  ["can_json_parse('')", 'f'],
  ['can_json_parse(\'{"a":1,"a":2}\')', 'f'],
  ["can_json_parse('{}'::varbyte)", 't'],
  ["can_json_parse(from_hex('ff'))", 'f'],
  ['can_json_parse(null)', null],
]);

describeCalls('IS_VALID_JSON', [
  ['is_valid_json(\'{"a":{"b":{"c":1}}}\')', 't'],
  ["is_valid_json('{{}}')", 'f'],
  ['is_valid_json(\'{1:"a"}\')', 'f'],
  ["is_valid_json('[1,2,3]')", 'f'],
  ['is_valid_json_array(\'["a",["b",1,["c",2,3,null]]]\')', 't'],
  ["is_valid_json_array('[1,2')", 'f'],
  ['is_valid_json_array(\'{"a":1}\')', 'f'],
]);

describeCalls('JSON text functions', [
  ['json_extract_path_text(\'{"f2":{"f3":1},"f4":{"f5":99,"f6":"star"}}\', \'f4\', \'f6\')', 'star'],
  ['json_extract_path_text(\'{"f2":{"f3":1},"f4":{"f5":99,"f6":"star"}}\', \'f4\')', '{"f5":99,"f6":"star"}'],
  ["json_extract_path_text('{\"a\":1.10}', 'a')", '1.10'],
  ["json_extract_path_text('{\"a\":null}', 'a')", null],
  ["json_extract_path_text('{\"a\":1}', 'b')", null],
  ["json_extract_path_text('{\"a\":[1,2]}', 'a', 1)", '2'],
  ["json_extract_path_text('{\"a\":1', 'a', true)", null],
  ["json_extract_path_text('{\"a\":1', 'a')", { code: 'XX000', message: /invalid json object/ }],
  ['json_array_length(\'[11,12,13,{"f1":21,"f2":[25,26]},14]\')', '5'],
  ["json_array_length('[11,12', true)", null],
  ["json_array_length('[11,12')", { code: 'XX000', message: /invalid json array object/ }],
  ["json_extract_array_element_text('[111,112,113]', 2)", '113'],
  ["json_extract_array_element_text('[111,112,113]', 3)", null],
  ['json_extract_array_element_text(\'["a",["b",1,["c",2,3,null,]]]\', 1, true)', null],
]);

describeCalls('SUPER to text', [
  ['json_serialize(json_parse(\'{"a": 1}\'))', '{"a":1}'],
  ['json_serialize(null::super)', 'null'],
  ["json_serialize_to_varbyte(json_parse('[1]'))", '5b315d'],
  ['json_size(json_parse(\'[10001,10002,"⬤"]\'))', '19'],
  ['json_typeof(array(1,2))', 'array'],
  ["json_typeof(json_parse('{}'))", 'object'],
  ["json_typeof(json_parse('1.5'))", 'number'],
  ["json_typeof(json_parse('12345678901234567890123'))", 'number'],
  ['json_typeof(json_parse(\'"a"\'))', 'string'],
  ["json_typeof(json_parse('true'))", 'boolean'],
  ["json_typeof(json_parse('null'))", 'null'],
  ['json_typeof(null::super)', null],
]);
