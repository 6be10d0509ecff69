import type { BoundArgument, CallContext } from './contract.js';

/**
 * DuckDB text (JSON) for a scalar taken as a SUPER value ("Dynamic typing", "SUPER type"): number text is preserved, a
 * float is written in scientific notation as Redshift stores it. SQL NULL stays NULL.
 *
 * Raises "cannot cast type date to super" for the types that have no SUPER form.
 */
export function superValue(argument: BoundArgument, call: CallContext, index: number): string {
  const { sql, type } = argument;
  switch (type.id) {
    case 'super':
      return sql;
    case 'bool':
      return `CAST(CAST(${sql} AS VARCHAR) AS JSON)`;
    case 'int2':
    case 'int4':
    case 'int8':
    case 'oid':
    case 'numeric':
      return `CAST(CAST(${sql} AS VARCHAR) AS JSON)`;
    case 'float4':
    case 'float8':
      return `duckshift_float_to_super(CAST(${sql} AS DOUBLE))`;
    case 'char':
    case 'varchar':
    case 'text':
    case 'name':
      return `to_json(CAST(${sql} AS VARCHAR))`;
    case 'unknown':
      return argument.constant === null ? 'CAST(NULL AS JSON)' : `to_json(CAST(${sql} AS VARCHAR))`;
    default:
      return call.fail('42846', `cannot cast type ${typeWord(type.id)} to super`, index);
  }
}

/** The same as an element of an array or an attribute's value: SQL NULL becomes JSON null. The result is VARCHAR. */
export function superElement(argument: BoundArgument, call: CallContext, index: number): string {
  return `coalesce(CAST(${superValue(argument, call, index)} AS VARCHAR), 'null')`;
}

const words: Readonly<Record<string, string>> = {
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
};

function typeWord(id: string): string {
  return words[id] ?? id;
}
