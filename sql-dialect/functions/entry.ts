import type { RedshiftType } from '../types/redshift-type.js';
import type { AggregateDefinition, BoundArgument, CallContext, FunctionDefinition, ParameterKind } from './contract.js';

type Returns = RedshiftType | ((args: readonly BoundArgument[]) => RedshiftType);
type DuckdbForm = string | ((call: CallContext) => string);
type Extra = Partial<
  Pick<FunctionDefinition, 'optional' | 'variadic' | 'volatility' | 'label' | 'keyword' | 'leaderOnly' | 'page'>
>;
type AggregateExtra = Extra &
  Partial<
    Pick<
      AggregateDefinition,
      | 'window'
      | 'aggregate'
      | 'incremental'
      | 'withinGroup'
      | 'more'
      | 'finish'
      | 'filter'
      | 'orderedDistinct'
      | 'needsOrder'
      | 'nullTreatment'
    >
  >;

/** One line of a scalar table: immutable, without optional parameters, unless `extra` says otherwise. */
export function scalar(
  page: string,
  name: string,
  parameters: readonly ParameterKind[],
  returns: Returns,
  duckdb: DuckdbForm,
  extra: Extra = {},
): FunctionDefinition {
  return { name, parameters, returns, duckdb, volatility: 'immutable', page, ...extra };
}

/** One line of the aggregate table: usable with and without OVER. */
export function aggregate(
  page: string,
  name: string,
  parameters: readonly ParameterKind[],
  returns: Returns,
  duckdb: DuckdbForm,
  extra: AggregateExtra = {},
): AggregateDefinition {
  return { name, parameters, returns, duckdb, volatility: 'immutable', page, window: true, aggregate: true, ...extra };
}

/** One line of the aggregate table for a function that needs OVER. */
export function windowFunction(
  page: string,
  name: string,
  parameters: readonly ParameterKind[],
  returns: Returns,
  duckdb: DuckdbForm,
  extra: AggregateExtra = {},
): AggregateDefinition {
  return aggregate(page, name, parameters, returns, duckdb, { aggregate: false, ...extra });
}

/** Index by name; definitions of one name keep their order. */
export function byName<D extends FunctionDefinition>(definitions: readonly D[]): ReadonlyMap<string, readonly D[]> {
  const map = new Map<string, D[]>();
  for (const definition of definitions) {
    const list = map.get(definition.name);
    if (list === undefined) map.set(definition.name, [definition]);
    else list.push(definition);
  }
  return map;
}
