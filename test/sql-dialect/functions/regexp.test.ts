import { describeCalls } from './calls.js';

const lookahead = "'(?=[^ ]*[a-z])(?=[^ ]*[0-9])[^ ]+'";
const words = "'passwd7 plain A1234 a1234'";

describeCalls('REGEXP_COUNT', [
  ["regexp_count('abcdefghijklmnopqrstuvwxyz', '[a-z]{3}')", '8'],
  ["regexp_count('the fox', 'FOX', 1, 'i')", '1'],
  ["regexp_count('the fox', 'FOX')", '0'],
  ["regexp_count('aXbX', 'x', 3, 'i')", '1'],
  ["regexp_count('a\nb', 'a.b')", '1'],
  [`regexp_count(${words}, ${lookahead}, 1, 'p')`, '2'],
  [`regexp_count(${words}, ${lookahead}, 1, 'ip')`, '3'],
  ["regexp_count(null, 'a')", null],
]);

describeCalls('REGEXP_INSTR', [
  ["regexp_instr('Etiam.laoreet.libero@sodalesMaurisblandit.edu', '@[^.]*')", '21'],
  ["regexp_instr('The Home Depot Center', '[cC]ent(er|re)$')", '16'],
  ["regexp_instr('the fox', 'cat')", '0'],
  ["regexp_instr('the fox', 'FOX', 1, 1, 0, 'i')", '5'],
  ["regexp_instr('a1b22c333', '[0-9]+', 1, 2)", '4'],
  ["regexp_instr('a1b22c333', '[0-9]+', 1, 2, 1)", '6'],
  ["regexp_instr('a1b22c333', '[0-9]+', 3, 2)", '7'],
  ["regexp_instr('a1b22c333', '[0-9]+', 1, 4)", '0'],
  [`regexp_instr(${words}, ${lookahead}, 1, 2, 0, 'p')`, '21'],
  [`regexp_instr(${words}, ${lookahead}, 1, 2, 0, 'ip')`, '15'],
]);

describeCalls('REGEXP_REPLACE', [
  ["regexp_replace('the fox', 'FOX', 'quick brown fox', 1, 'i')", 'the quick brown fox'],
  [
    "regexp_replace('sed@lacusUtnec.ca', '@.*\\\\.[[:alpha:]]{2,3}', '@internal.company.com')",
    'sed@internal.company.com',
  ],
  ["regexp_replace('a.b.c', '\\\\.')", 'abc'],
  ["regexp_replace('aXbX', 'X', 'y', 3)", 'aXby'],
  ["regexp_replace('2008-01', '([0-9]+)-([0-9]+)', '$2/$1')", '01/2008'],
  ["regexp_replace('2008-01', '([0-9]+)-([0-9]+)', '\\\\2/\\\\1')", '01/2008'],
  [`regexp_replace(${words}, ${lookahead}, '[hidden]', 1, 'p')`, '[hidden] plain A1234 [hidden]'],
]);

describeCalls('REGEXP_SUBSTR', [
  ["regexp_substr('Etiam.laoreet@sodales.edu', '@[^.]*')", '@sodales'],
  ["regexp_substr('the fox', 'FOX', 1, 1, 'i')", 'fox'],
  ["regexp_substr('a1b22', '[0-9]+', 1, 2)", '22'],
  ["regexp_substr('key=value', '([a-z]+)=([a-z]+)', 1, 1, 'e')", 'key'],
  ["regexp_substr('abc', 'x')", ''],
  ["regexp_substr(null, 'x')", null],
  [`regexp_substr(${words}, ${lookahead}, 1, 2, 'p')`, 'a1234'],
]);

describeCalls('refused', [
  ["regexp_count('a', '(')", { code: '2201B' }],
  ["regexp_count('a', '(?=[')", { code: '2201B' }],
  ["regexp_count('a', 'a', 1, 'x')", { code: '22023' }],
  ["regexp_count('a', 'a', 0)", { code: '22023' }],
]);
