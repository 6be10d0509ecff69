import { sessionValue, sessionVariables } from '../duckdb/session-variables.js';
import { reservedWords } from '../grammar/keywords.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { int4, name, varchar } from './result-types.js';

/** A function of the catalogs that gives rows of several columns. */
export interface TableFunction {
  readonly columns: readonly (readonly [name: string, type: RedshiftType])[];
  readonly parameters: number;
  /** DuckDB SELECT of the columns in order; `$1` is the argument. */
  readonly duckdb: string;
  /** Title of the AWS page or PostgreSQL chapter. */
  readonly page: string;
}

const viewColumns: TableFunction['columns'] = [
  ['view_schema', name],
  ['view_name', name],
  ['col_name', name],
  ['col_type', varchar],
  ['col_num', int4],
];
const lateShape = `'[{"view_schema":"VARCHAR","view_name":"VARCHAR","col_name":"VARCHAR","col_type":"VARCHAR","col_num":"INTEGER"}]'`;
const columnsOf = (variable: string): string =>
  `SELECT u.c.view_schema, u.c.view_name, u.c.col_name, u.c.col_type, u.c.col_num FROM unnest(from_json(${variable}, ${lateShape})) AS u(c)`;

/** Functions in FROM, by name. */
export const tableFunctions: ReadonlyMap<string, TableFunction> = new Map<string, TableFunction>([
  [
    'pg_get_late_binding_view_cols',
    {
      columns: viewColumns,
      parameters: 0,
      duckdb: columnsOf(sessionValue(sessionVariables.lateColumns)),
      page: 'PG_GET_LATE_BINDING_VIEW_COLS',
    },
  ],
  [
    'pg_get_cols',
    {
      columns: viewColumns,
      parameters: 1,
      duckdb: `SELECT * FROM (${columnsOf(sessionValue(sessionVariables.relationColumns))}) AS c WHERE list_contains([c.view_name, c.view_schema || '.' || c.view_name], lower($1))`,
      page: 'PG_GET_COLS',
    },
  ],
  [
    'pg_get_keywords',
    {
      columns: [
        ['word', varchar],
        ['catcode', varchar],
        ['catdesc', varchar],
      ],
      parameters: 0,
      duckdb: `SELECT w, 'R', 'reserved' FROM unnest(string_split('${[...reservedWords].join(' ')}', ' ')) AS u(w)`,
      page: 'PostgreSQL: pg_get_keywords',
    },
  ],
]);
