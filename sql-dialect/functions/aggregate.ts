import { raisedErrorSql } from '../duckdb/raised-error.js';
import type { RedshiftType } from '../types/redshift-type.js';
import type { AggregateDefinition, BoundArgument, CallContext, ParameterKind } from './contract.js';
import { aggregate } from './entry.js';
import { bool, decimalDigits, float8, int4, int8, numeric, typeOf, varchar } from './result-types.js';

/** LISTAGG's result holds at most this many bytes. */
const LISTAGG_LIMIT = 65_535;
const tooLong = raisedErrorSql('54000', 'Result size exceeds LISTAGG limit');
const ordered: readonly ParameterKind[] = ['number', 'date', 'timestamp', 'timestamptz', 'interval'];
const grouping = { window: false, finish: 'CAST($0 AS INTEGER)' } as const;
const maintained = { incremental: true } as const;

/** "Aggregate functions". `approximate count` and `approximate percentile_disc` are looked up under these two words. */
export const aggregateFunctions: readonly AggregateDefinition[] = [
  aggregate('COUNT function', 'count', [], int8, 'count(*)', maintained),
  aggregate('COUNT function', 'count', ['any'], int8, 'count($1)', maintained),
  aggregate('COUNT function', 'approximate count', ['any'], int8, 'approx_count_distinct($1)', { label: 'count' }),
  aggregate('SUM function', 'sum', ['bigint'], int8, 'sum($1)', { ...maintained, finish: 'CAST($0 AS BIGINT)' }),
  aggregate('SUM function', 'sum', ['numeric'], wideNumeric, 'sum($1)', maintained),
  aggregate('SUM function', 'sum', ['float'], typeOf(0), 'sum($1)', { ...maintained, finish: sumOfFloats }),
  aggregate('SUM function', 'sum', ['interval'], typeOf(0), sumOfIntervals, { finish: intervalOf('$0') }),
  aggregate('AVG function', 'avg', ['bigint'], int8, 'sum($1)', {
    ...maintained,
    more: ['count($1)'],
    finish: 'CAST($0 // $a1 AS BIGINT)',
  }),
  aggregate('AVG function', 'avg', ['numeric'], wideNumeric, 'sum($1)', {
    ...maintained,
    more: ['count($1)'],
    finish: decimalAverage,
  }),
  aggregate('AVG function', 'avg', ['float'], float8, 'avg($1)', maintained),
  aggregate('AVG function', 'avg', ['interval'], typeOf(0), sumOfIntervals, {
    more: ['count($1)'],
    finish: intervalOf('$0 // $a1'),
  }),
  aggregate('MIN function', 'min', ['any'], typeOf(0), 'min($1)', maintained),
  aggregate('MAX function', 'max', ['any'], typeOf(0), 'max($1)', maintained),
  aggregate('ANY_VALUE function', 'any_value', ['any'], typeOf(0), 'any_value($1)'),

  aggregate('BIT_AND function', 'bit_and', ['bigint'], typeOf(0), 'bit_and($1)'),
  aggregate('BIT_OR function', 'bit_or', ['bigint'], typeOf(0), 'bit_or($1)'),
  aggregate('BIT_AND function', 'bit_and', ['boolean'], bool, 'bool_and($1)'),
  aggregate('BIT_OR function', 'bit_or', ['boolean'], bool, 'bool_or($1)'),
  aggregate('BOOL_AND function', 'bool_and', ['boolean'], bool, 'bool_and($1)'),
  aggregate('BOOL_OR function', 'bool_or', ['boolean'], bool, 'bool_or($1)'),
  aggregate('BOOL_AND function', 'every', ['boolean'], bool, 'bool_and($1)', { label: 'bool_and' }),

  ...spread('stddev_samp', 'stddev_samp', 'STDDEV_SAMP and STDDEV_POP functions'),
  ...spread('stddev', 'stddev_samp', 'STDDEV_SAMP and STDDEV_POP functions'),
  ...spread('stddev_pop', 'stddev_pop', 'STDDEV_SAMP and STDDEV_POP functions'),
  ...spread('var_samp', 'var_samp', 'VAR_SAMP and VAR_POP functions'),
  ...spread('variance', 'var_samp', 'VAR_SAMP and VAR_POP functions'),
  ...spread('var_pop', 'var_pop', 'VAR_SAMP and VAR_POP functions'),

  listagg(['string'], "''"),
  aggregate('Aggregation extensions', 'grouping', ['any'], int4, 'grouping($1)', grouping),
  aggregate('Aggregation extensions', 'grouping_id', ['any'], int4, 'grouping_id($*)', { ...grouping, variadic: true }),
  listagg(['string', 'string'], '$2'),
  ...percentileDisc('percentile_disc', 'PERCENTILE_DISC window function'),
  ...percentileDisc('approximate percentile_disc', 'APPROXIMATE PERCENTILE_DISC function'),
  ...interpolating('percentile_cont', 'PERCENTILE_CONT function', ['numeric'], '$2', '$sign$1'),
  ...interpolating('median', 'MEDIAN function', [], '$1', '0.5'),
];

function scaleOf(argument: BoundArgument | undefined): number {
  return (argument && decimalDigits(argument.type)?.scale) ?? 0;
}

function wideNumeric(args: readonly BoundArgument[]): RedshiftType {
  return numeric(38, scaleOf(args[0]));
}

/** DuckDB adds floats up as DOUBLE. */
function sumOfFloats(call: CallContext): string {
  return call.args[0]?.type.id === 'float4' ? 'CAST($0 AS FLOAT)' : '$0';
}

/**
 * Exact: the digits are divided as integers; what the scale cannot hold is cut ("PIVOT and UNPIVOT examples": 8.15 over
 * 3 is 2.71).
 */
function decimalAverage(call: CallContext): string {
  const scale = scaleOf(call.args[0]);
  const digits = scale === 0 ? 'CAST($0 AS HUGEINT)' : "CAST(replace(CAST($0 AS VARCHAR), '.', '') AS HUGEINT)";
  const quotient = `(${digits} // $a1)`;
  if (scale === 0) return `CAST(${quotient} AS DECIMAL(38, 0))`;
  const unit = `CAST(0.${'0'.repeat(scale - 1)}1 AS DECIMAL(${scale}, ${scale}))`;
  return `CAST(CAST(${quotient} AS DECIMAL(38, 0)) * ${unit} AS DECIMAL(38, ${scale}))`;
}

/** Microseconds of a day-to-second interval, months of a year-to-month one. */
function sumOfIntervals(call: CallContext): string {
  return isMonths(call) ? "sum(12 * date_part('year', $1) + date_part('month', $1))" : 'sum(epoch_us($1))';
}

function intervalOf(amount: string): (call: CallContext) => string {
  return (call) =>
    isMonths(call) ? `to_months(CAST(${amount} AS INTEGER))` : `to_microseconds(CAST(${amount} AS BIGINT))`;
}

function isMonths(call: CallContext): boolean {
  return call.args[0]?.type.id === 'intervaly2m';
}

/** Results are FLOAT8 whatever the argument. */
function spread(name: string, duckdb: string, page: string): AggregateDefinition[] {
  return [aggregate(page, name, ['float'], float8, `${duckdb}(CAST($1 AS DOUBLE))`)];
}

/** NULL and the empty string are left out. */
function listagg(parameters: readonly ParameterKind[], delimiter: string): AggregateDefinition {
  const limited = (text: string) => `CASE WHEN strlen(${text}) > ${LISTAGG_LIMIT} THEN ${tooLong} ELSE ${text} END`;
  const distinct = 'list_filter($0, lambda x, i: list_position($0, x) = i)';
  return aggregate('LISTAGG function', 'listagg', parameters, varchar, `string_agg($1, ${delimiter})`, {
    withinGroup: 'optional',
    filter: "$1 <> ''",
    finish: limited('$0'),
    orderedDistinct: { duckdb: 'list($1)', finish: limited(`array_to_string(${distinct}, ${delimiter})`) },
  });
}

function percentileDisc(name: string, page: string): AggregateDefinition[] {
  return ordered.map((kind) =>
    aggregate(page, name, ['numeric', kind], typeOf(1), 'quantile_disc($2, $sign$1)', {
      withinGroup: 'required',
      label: 'percentile_disc',
    }),
  );
}

/**
 * Interpolating over integers gives a decimal with one digit behind the point; decimals, floats and dates keep their
 * type.
 */
function interpolating(
  name: string,
  page: string,
  before: readonly ParameterKind[],
  value: string,
  fraction: string,
): AggregateDefinition[] {
  const index = before.length;
  const extra = index > 0 ? ({ withinGroup: 'required' } as const) : {};
  return [
    aggregate(
      page,
      name,
      [...before, 'bigint'],
      numeric(38, 1),
      `quantile_cont(CAST(${value} AS DOUBLE), ${fraction})`,
      {
        ...extra,
        finish: 'CAST($0 AS DECIMAL(38, 1))',
      },
    ),
    aggregate(page, name, [...before, 'numeric'], typeOf(index), `quantile_cont(${value}, ${fraction})`, extra),
    aggregate(page, name, [...before, 'float'], float8, `quantile_cont(CAST(${value} AS DOUBLE), ${fraction})`, extra),
    aggregate(page, name, [...before, 'date'], typeOf(index), `quantile_cont(${value}, ${fraction})`, {
      ...extra,
      finish: 'CAST($0 AS DATE)',
    }),
    ...(['timestamp', 'timestamptz'] as const).map((kind) =>
      aggregate(page, name, [...before, kind], typeOf(index), `quantile_cont(${value}, ${fraction})`, extra),
    ),
    aggregate(
      page,
      name,
      [...before, 'interval'],
      typeOf(index),
      `quantile_cont(CAST(epoch_us(${value}) AS DOUBLE), ${fraction})`,
      { ...extra, finish: 'to_microseconds(CAST($0 AS BIGINT))' },
    ),
  ];
}
