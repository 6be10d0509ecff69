/** Names of the types the dialect knows: Redshift's own, plus those its catalogs show (oid, name, regclass …). */
export type TypeId =
  | 'bool'
  | 'int2'
  | 'int4'
  | 'int8'
  | 'numeric'
  | 'float4'
  | 'float8'
  | 'char'
  | 'varchar'
  | 'date'
  | 'time'
  | 'timetz'
  | 'timestamp'
  | 'timestamptz'
  | 'interval'
  | 'intervaly2m'
  | 'intervald2s'
  | 'super'
  | 'varbyte'
  | 'geometry'
  | 'geography'
  | 'hllsketch'
  | 'text'
  | 'name'
  | 'oid'
  | 'regclass'
  | 'regtype'
  | 'regproc'
  | 'bool_array'
  | 'int2_array'
  | 'int4_array'
  | 'int8_array'
  | 'text_array'
  | 'int2vector'
  | 'oidvector'
  | 'unknown';

/**
 * The type of a column, expression or parameter.
 *
 * `length` is in bytes (char, varchar, varbyte); `precision` and `scale` are decimal digits (numeric). `unknown` is a
 * type that is not known before execution (an untyped NULL, an unknown relation's column).
 */
export interface RedshiftType {
  readonly id: TypeId;
  readonly length?: number | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
}
