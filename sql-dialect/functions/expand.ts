import { evaluateEachOnce } from '../duckdb/evaluate-once.js';
import type { AggregateDefinition, BoundArgument, CallContext, FunctionDefinition } from './contract.js';

/** `$1`, `$*`, `$0`, `$a1`, `$sign`. */
const placeholder = /\$(\d+|\*|a\d+|sign)/g;

/**
 * The DuckDB text of a scalar call whose arguments have been cast to the definition's parameters.
 *
 * An argument that the form writes several times is evaluated once when evaluating it again could give another value
 * (`random()`) or costs more than naming it. Literals stay literals, for forms that look at them.
 */
export function expandScalar(definition: FunctionDefinition, call: CallContext): string {
  const { duckdb } = definition;
  const write = (args: readonly BoundArgument[]): string =>
    typeof duckdb === 'string' ? fill(duckdb, { ...call, args }) : duckdb({ ...call, args });
  const texts = call.args.map((argument) =>
    argument.constant === undefined && argument.word === undefined ? argument.sql : undefined,
  );
  return evaluateEachOnce(texts, (values) =>
    write(call.args.map((argument, i) => ({ ...argument, sql: values[i] ?? argument.sql }))),
  );
}

/** What SQL writes around an aggregate or window call, as DuckDB text. */
export interface AggregateDecoration {
  readonly distinct?: boolean | undefined;
  /** ORDER BY list inside the call, also LISTAGG's WITHIN GROUP. */
  readonly orderBy?: string | undefined;
  /** WITHIN GROUP (ORDER BY x DESC) of a definition that requires it; `x` is the call's last argument. */
  readonly descending?: boolean | undefined;
  readonly ignoreNulls?: boolean | undefined;
  /** Condition of FILTER (WHERE …). */
  readonly filter?: string | undefined;
  /** What stands behind OVER: `(PARTITION BY …)` or a window's name. */
  readonly over?: string | undefined;
}

/** The DuckDB text of an aggregate or window call whose arguments have been cast to the definition's parameters. */
export function expandAggregate(
  definition: AggregateDefinition,
  call: CallContext,
  decoration: AggregateDecoration = {},
): string {
  // DuckDB counts a negative fraction from the greatest value down.
  const named = new Map([['sign', decoration.descending ? '-' : '']]);
  const special = decoration.distinct && decoration.orderBy !== undefined ? definition.orderedDistinct : undefined;
  const form = special?.duckdb ?? definition.duckdb;
  const head = typeof form === 'string' ? form : form(call);
  const around = special === undefined ? decoration : { ...decoration, distinct: false };
  const filters = [definition.filter, decoration.filter].filter((text) => text !== undefined);
  const filter = filters.length === 0 ? undefined : fill(filters.join(' AND '), call, named);
  const calls = [head, ...(definition.more ?? [])].map((template) =>
    decorate(fill(template, call, named), { ...around, filter }),
  );
  calls.forEach((text, i) => {
    named.set(i === 0 ? '0' : `a${i}`, text);
  });
  const finish = special?.finish ?? definition.finish ?? '$0';
  return fill(typeof finish === 'function' ? finish(call) : finish, call, named);
}

function decorate(text: string, decoration: AggregateDecoration): string {
  let decorated = text;
  if (decoration.distinct) decorated = decorated.replace('(', '(DISTINCT ');
  if (decoration.ignoreNulls) decorated = `${decorated.slice(0, -1)} IGNORE NULLS)`;
  if (decoration.orderBy !== undefined) decorated = `${decorated.slice(0, -1)} ORDER BY ${decoration.orderBy})`;
  if (decoration.filter !== undefined) decorated += ` FILTER (WHERE ${decoration.filter})`;
  if (decoration.over !== undefined) decorated += ` OVER ${decoration.over}`;
  return decorated;
}

function fill(template: string, call: CallContext, named?: ReadonlyMap<string, string>): string {
  return template.replace(placeholder, (whole, key: string) => {
    const text = named?.get(key);
    if (text !== undefined) return text;
    if (key === '*') return call.args.map((argument) => argument.sql).join(', ');
    const argument = call.args[Number(key) - 1];
    if (argument === undefined) throw new Error(`a function template names ${whole}, which the call lacks`);
    return argument.sql;
  });
}
