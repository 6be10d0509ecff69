import { quoteLiteral } from '../duckdb/quote.js';
import type { BoundArgument, CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { superType } from './result-types.js';
import { superElement } from './super-value.js';

const page = 'OBJECT_TRANSFORM function';

/**
 * OBJECT_TRANSFORM, with the arguments that its grammar gives: the input, the number of KEEP paths, those paths, SET's
 * paths and values in turn.
 */
export const objectTransform: readonly FunctionDefinition[] = [
  scalar(page, 'object_transform', ['super', 'integer'], superType, '$1'),
  scalar(page, 'object_transform', ['super', 'integer', 'any'], superType, transform, { variadic: true }),
];

function transform(call: CallContext): string {
  const [input, kept, ...rest] = call.args;
  const keep = Number(kept?.constant ?? 0);
  const keptPaths = rest.slice(0, keep).map((argument, i) => pathOf(argument, call, i + 2));
  const setPaths: string[][] = [];
  const values: string[] = [];
  for (let i = keep; i + 1 < rest.length; i += 2) {
    const [path, value] = [rest[i], rest[i + 1]];
    if (path === undefined || value === undefined) break;
    setPaths.push(pathOf(path, call, i + 2));
    values.push(superElement(value, call, i + 3));
  }
  const given = values.length === 0 ? "'[]'" : `'[' || ${values.join(" || ',' || ")} || ']'`;
  const paths = [keptPaths, setPaths].map((each) => quoteLiteral(JSON.stringify(each)));
  return `duckshift_object_transform(${input?.sql ?? 'NULL'}, ${paths.join(', ')}, CAST(${given} AS JSON))`;
}

const attribute = /"((?:[^"]|"")+)"/y;

/** The attributes of a path such as `"a"."b"`. */
function pathOf(argument: BoundArgument, call: CallContext, index: number): string[] {
  const text = argument.constant ?? '';
  const path: string[] = [];
  attribute.lastIndex = 0;
  for (let found = attribute.exec(text); found !== null; found = attribute.exec(text)) {
    path.push((found[1] ?? '').replaceAll('""', '"'));
    const end = found.index + found[0].length;
    if (end === text.length) return path;
    if (text[end] !== '.') break;
    attribute.lastIndex = end + 1;
  }
  return call.fail('22023', `invalid path ${text}: attributes are in double quotes, with a period between them`, index);
}
