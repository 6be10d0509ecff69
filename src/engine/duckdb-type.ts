import { DuckDBTypeId } from '@duckdb/node-api';
import type { RedshiftType, TypeId } from '../../sql-dialect/types/redshift-type.js';

/** How a column that only DuckDB knows the type of is printed. */
const types: Readonly<Partial<Record<DuckDBTypeId, TypeId>>> = {
  [DuckDBTypeId.BOOLEAN]: 'bool',
  [DuckDBTypeId.TINYINT]: 'int2',
  [DuckDBTypeId.SMALLINT]: 'int2',
  [DuckDBTypeId.INTEGER]: 'int4',
  [DuckDBTypeId.BIGINT]: 'int8',
  [DuckDBTypeId.HUGEINT]: 'numeric',
  [DuckDBTypeId.DECIMAL]: 'numeric',
  [DuckDBTypeId.FLOAT]: 'float4',
  [DuckDBTypeId.DOUBLE]: 'float8',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIME]: 'time',
  [DuckDBTypeId.TIME_TZ]: 'timetz',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'timestamptz',
  [DuckDBTypeId.INTERVAL]: 'interval',
  [DuckDBTypeId.BLOB]: 'varbyte',
};

/** The Redshift type that prints a value of a DuckDB type; `unknown` (printed as DuckDB prints it) for types Redshift has nothing like. */
export function redshiftTypeOf(id: DuckDBTypeId): RedshiftType {
  return { id: types[id] ?? 'unknown' };
}
