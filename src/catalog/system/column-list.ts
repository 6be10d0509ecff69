import * as types from './column-types.js';
import type { SystemView } from './system-view.js';

const byWord: Readonly<Record<string, (length: number) => SystemView['columns'][number][1]>> = {
  bool: () => types.bool,
  int2: () => types.int2,
  int4: () => types.int4,
  int8: () => types.int8,
  float4: () => types.float4,
  oid: () => types.oid,
  name: () => types.name,
  text: () => types.text,
  timestamp: () => types.timestamp,
  regproc: () => types.regproc,
  char: types.char,
  varchar: types.varchar,
  'text[]': () => types.textArray,
  'int2[]': () => types.int2Array,
  'int4[]': () => types.int4Array,
  'int8[]': () => types.int8Array,
};

/** Columns from one text, for views that are mostly a list of columns: `oid oid, amname name, amtype char(1)`. */
export function columnList(text: string): SystemView['columns'] {
  return text.split(',').map((part) => {
    const [, name, word = '', length] = /^\s*(\w+) ([\w[\]]+)(?:\((\d+)\))?\s*$/.exec(part) ?? [];
    const type = byWord[word]?.(Number(length));
    if (name === undefined || type === undefined) throw new Error(`not a column: ${part}`);
    return [name, type];
  });
}
