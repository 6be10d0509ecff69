import type { AggregateDefinition, ParameterKind } from './contract.js';
import { windowFunction } from './entry.js';
import { float8, int8, numeric, typeOf } from './result-types.js';

const ranking = { needsOrder: true } as const;
const values = { nullTreatment: true } as const;

/** "Window functions" that have no meaning without OVER. */
export const windowFunctions: readonly AggregateDefinition[] = [
  windowFunction('ROW_NUMBER window function', 'row_number', [], int8, 'row_number()'),
  windowFunction('RANK window function', 'rank', [], int8, 'rank()'),
  windowFunction('DENSE_RANK window function', 'dense_rank', [], int8, 'dense_rank()'),
  windowFunction('PERCENT_RANK window function', 'percent_rank', [], float8, 'percent_rank()'),
  windowFunction('CUME_DIST window function', 'cume_dist', [], float8, 'cume_dist()'),
  windowFunction('NTILE window function', 'ntile', ['bigint'], int8, 'ntile($1)'),
  windowFunction('FIRST_VALUE window function', 'first_value', ['any'], typeOf(0), 'first_value($1)', values),
  windowFunction('LAST_VALUE window function', 'last_value', ['any'], typeOf(0), 'last_value($1)', values),
  windowFunction('NTH_VALUE window function', 'nth_value', ['any', 'bigint'], typeOf(0), 'nth_value($1, $2)', values),
  ...neighbour('lag'),
  ...neighbour('lead'),
  windowFunction('RATIO_TO_REPORT window function', 'ratio_to_report', ['numeric'], numeric(38, 8), 'sum($1)', {
    finish: 'CAST(CAST($1 AS DOUBLE) / CAST($0 AS DOUBLE) AS DECIMAL(38, 8))',
  }),
  windowFunction('RATIO_TO_REPORT window function', 'ratio_to_report', ['float'], float8, 'sum($1)', {
    finish: '(CAST($1 AS DOUBLE) / $0)',
  }),
];

function neighbour(name: string): AggregateDefinition[] {
  const page = `${name.toUpperCase()} window function`;
  const forms: readonly (readonly [readonly ParameterKind[], string])[] = [
    [['any'], `${name}($1)`],
    [['any', 'bigint'], `${name}($1, $2)`],
    [['any', 'bigint', 'any'], `${name}($1, $2, $3)`],
  ];
  return forms.map(([parameters, duckdb]) =>
    windowFunction(page, name, parameters, typeOf(0), duckdb, { ...ranking, ...values }),
  );
}
