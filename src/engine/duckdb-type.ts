import type { DuckDBTypeId } from '@duckdb/node-api';
import type { RedshiftType, TypeId } from '../../sql-dialect/types/redshift-type.js';
import { DuckDBTypeId as Id } from './duckdb.js';

/** How a column that only DuckDB knows the type of is printed. */
const types: Readonly<Partial<Record<DuckDBTypeId, TypeId>>> = {
  [Id.BOOLEAN]: 'bool',
  [Id.TINYINT]: 'int2',
  [Id.SMALLINT]: 'int2',
  [Id.INTEGER]: 'int4',
  [Id.BIGINT]: 'int8',
  [Id.HUGEINT]: 'numeric',
  [Id.DECIMAL]: 'numeric',
  [Id.FLOAT]: 'float4',
  [Id.DOUBLE]: 'float8',
  [Id.DATE]: 'date',
  [Id.TIME]: 'time',
  [Id.TIME_TZ]: 'timetz',
  [Id.TIMESTAMP]: 'timestamp',
  [Id.TIMESTAMP_TZ]: 'timestamptz',
  [Id.INTERVAL]: 'interval',
  [Id.BLOB]: 'varbyte',
};

/**
 * The Redshift type that prints a value of a DuckDB type; `unknown` (printed as DuckDB prints it) for types Redshift
 * has nothing like.
 */
export function redshiftTypeOf(id: DuckDBTypeId): RedshiftType {
  return { id: types[id] ?? 'unknown' };
}
