import type { OutputColumn } from '../../../sql-dialect/plan.js';
import type { RedshiftType, TypeId } from '../../../sql-dialect/types/redshift-type.js';
import { internalTypeName } from '../../../sql-dialect/types/type-table.js';

/** Digits or characters, and decimals, as the service's JDBC driver reports them for a column. */
interface Measures {
  readonly precision: number;
  readonly scale: number;
}

/** Length of a string without one, as JDBC reports it. */
const unlimited = 2_147_483_647;

const fixed =
  (precision: number, scale = 0) =>
  (): Measures => ({ precision, scale });
const byLength = ({ length }: RedshiftType): Measures => ({ precision: length ?? unlimited, scale: 0 });

/** Types that are not here are measured by their length. */
const measures: Partial<Readonly<Record<TypeId, (type: RedshiftType) => Measures>>> = {
  bool: fixed(1),
  int2: fixed(5),
  int4: fixed(10),
  int8: fixed(19),
  oid: fixed(10),
  float4: fixed(8, 8),
  float8: fixed(17, 17),
  numeric: ({ precision, scale }) => ({ precision: precision ?? 18, scale: scale ?? 0 }),
  date: fixed(13),
  time: fixed(15, 6),
  timetz: fixed(21, 6),
  timestamp: fixed(29, 6),
  timestamptz: fixed(35, 6),
  interval: fixed(49),
  intervaly2m: fixed(49),
  intervald2s: fixed(49),
};

const signed: ReadonlySet<TypeId> = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);

/** Types without letters. */
const caseless: ReadonlySet<TypeId> = new Set([
  'bool',
  'int2',
  'int4',
  'int8',
  'oid',
  'float4',
  'float8',
  'numeric',
  'date',
  'time',
  'timetz',
  'timestamp',
  'timestamptz',
  'interval',
  'intervaly2m',
  'intervald2s',
]);

/**
 * ColumnMetadata of a result's column (Data API reference, "ColumnMetadata"). `nullable` is JDBC's: 0 no NULLs, 1 may
 * be NULL.
 */
export function columnMetadata({ label, type, source, nullable }: OutputColumn): Readonly<Record<string, unknown>> {
  return {
    isCaseSensitive: !caseless.has(type.id),
    isCurrency: false,
    isSigned: signed.has(type.id),
    label,
    length: 0,
    name: label,
    nullable: nullable === false ? 0 : 1,
    ...measuresOf(type),
    schemaName: source?.schema ?? '',
    tableName: source?.relation ?? '',
    typeName: internalTypeName(type),
  };
}

export interface TableColumn {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly type: RedshiftType;
  readonly nullable: boolean;
  readonly defaultText: string | null;
}

/**
 * ColumnMetadata of a table's column, as DescribeTable has it: the length is there, the properties of values are not.
 */
export function tableColumnMetadata(column: TableColumn): Readonly<Record<string, unknown>> {
  const { precision, scale } = measuresOf(column.type);
  return {
    ...(column.defaultText === null ? {} : { columnDefault: column.defaultText }),
    isCaseSensitive: false,
    isCurrency: false,
    isSigned: false,
    length: precision,
    name: column.name,
    nullable: column.nullable ? 1 : 0,
    precision,
    scale,
    schemaName: column.schema,
    tableName: column.table,
    typeName: internalTypeName(column.type),
  };
}

function measuresOf(type: RedshiftType): Measures {
  return (measures[type.id] ?? byLength)(type);
}
