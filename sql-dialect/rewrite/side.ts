import type { Expression } from '../ast/expression.js';
import { constantOf } from '../bind/statement-binder.js';
import { isRepeatable } from '../duckdb/evaluate-once.js';
import { grouped, unpadded } from '../duckdb/text.js';
import { isString, varchar } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { typeCategory } from '../types/type-table.js';
import { castSql } from './cast.js';
import type { Rewriter } from './rewriter.js';

/** One side of a comparison: an expression of the tree, or a column by its DuckDB text. */
export type Side = { readonly node: Expression } | { readonly sql: string; readonly type: RedshiftType };

export function typeOfSide(rewriter: Rewriter, side: Side): RedshiftType {
  return 'node' in side ? rewriter.typeOf(side.node) : side.type;
}

export function sideAs(rewriter: Rewriter, side: Side, type: RedshiftType): string {
  if ('node' in side) return rewriter.as(side.node, type);
  return castSql(side.sql, side.type, type, 'implicit', rewriter.binding.settings);
}

/** Functions whose text never ends in a blank. */
const blankFree = new Set([
  'md5',
  'sha',
  'sha1',
  'sha2',
  'func_sha1',
  'to_hex',
  'trim',
  'json_typeof',
  'current_database',
  'current_user',
]);

/** Whether a string may end in blanks, which comparisons overlook. CHAR values are kept without. */
export function mayEndInBlank(rewriter: Rewriter, side: Side): boolean {
  const type = typeOfSide(rewriter, side);
  if (type.id === 'char' || type.id === 'name') return false;
  if (!isString(type)) return false;
  if (!('node' in side)) return true;
  const { node } = side;
  const constant = constantOf(node);
  if (typeof constant === 'string') return constant.endsWith(' ');
  if (node.kind === 'parenthesized') return mayEndInBlank(rewriter, { node: node.inner });
  if (node.kind === 'cast') return textMayEndInBlank(rewriter, node.operand);
  if (node.kind === 'call') {
    const bound = rewriter.binding.calls.get(node);
    if (bound === undefined) return true;
    const { name } = bound.definition;
    if (['btrim', 'rtrim'].includes(name)) return bound.args.length > 1;
    if (name === 'lower' || name === 'upper' || name === 'initcap') {
      const [arg] = bound.args;
      return arg === undefined || textMayEndInBlank(rewriter, arg);
    }
    return !blankFree.has(name);
  }
  return true;
}

/** Whether the text of any value may end in blanks: numbers, dates and the like never do. */
function textMayEndInBlank(rewriter: Rewriter, node: Expression): boolean {
  const type = rewriter.typeOf(node);
  if (isString(type)) return mayEndInBlank(rewriter, { node });
  return ['super', 'binary', 'unknown', 'array'].includes(typeCategory(type));
}

/** A side as it is compared: brought to `type`, strings without trailing blanks. */
export function comparable(rewriter: Rewriter, side: Side, type: RedshiftType): string {
  if (!isString(type)) return grouped(sideAs(rewriter, side, type));
  if ('node' in side) {
    const constant = constantOf(side.node);
    if (typeof constant === 'string' && side.node.kind === 'string') {
      return `'${constant.replace(/ +$/, '').replaceAll("'", "''")}'`;
    }
  }
  const sql = sideAs(rewriter, side, varchar(undefined));
  if (!mayEndInBlank(rewriter, side)) return grouped(sql);
  return isRepeatable(sql) ? `(${unpadded(sql, true)})` : unpadded(sql, false);
}
