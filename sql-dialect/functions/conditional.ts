import type { CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { commonOf, commonType, typeOf } from './result-types.js';

/** "Conditional expressions". The binder makes the arguments that decide the result type agree with it. */
export const conditionalFunctions: readonly FunctionDefinition[] = [
  scalar('NVL and COALESCE functions', 'coalesce', ['any'], commonOf(), 'coalesce($*)', { variadic: true }),
  scalar('NVL and COALESCE functions', 'nvl', ['any'], commonOf(), 'coalesce($*)', {
    variadic: true,
    label: 'coalesce',
  }),
  // Not documented; AWS's JDBC driver calls it.
  scalar('NVL and COALESCE functions', 'isnull', ['any', 'any'], commonOf(), 'coalesce($*)', { label: 'coalesce' }),
  scalar(
    'NVL2 function',
    'nvl2',
    ['any', 'any', 'any'],
    (args) => commonType(args.slice(1).map((argument) => argument.type)),
    'CASE WHEN $1 IS NOT NULL THEN $2 ELSE $3 END',
    { label: 'case' },
  ),
  scalar('NULLIF function', 'nullif', ['any', 'any'], typeOf(0), 'nullif($1, $2)'),
  scalar('GREATEST and LEAST functions', 'greatest', ['any'], commonOf(), 'greatest($*)', { variadic: true }),
  scalar('GREATEST and LEAST functions', 'least', ['any'], commonOf(), 'least($*)', { variadic: true }),
  scalar('DECODE expression', 'decode', ['any', 'any', 'any'], decodeType, decode, { variadic: true, label: 'case' }),
];

/** Results stand at every third place from the expression on: `expression, search, result, …, default`. */
function decodeType(args: Parameters<ReturnType<typeof commonOf>>[0]): ReturnType<ReturnType<typeof commonOf>> {
  return commonType(args.filter((_, i) => isResult(i, args.length)).map((argument) => argument.type));
}

function isResult(index: number, count: number): boolean {
  if (index === 0) return false;
  return index % 2 === 0 || (count % 2 === 0 && index === count - 1);
}

/** NULL matches NULL. */
function decode(call: CallContext): string {
  const [value, ...rest] = call.args.map((argument) => argument.sql);
  const branches: string[] = [];
  let i = 0;
  for (; i + 1 < rest.length; i += 2) {
    branches.push(`WHEN ${value} IS NOT DISTINCT FROM ${rest[i]} THEN ${rest[i + 1]}`);
  }
  const otherwise = i < rest.length ? ` ELSE ${rest[i]}` : '';
  return `CASE ${branches.join(' ')}${otherwise} END`;
}
