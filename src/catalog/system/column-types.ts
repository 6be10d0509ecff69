import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';

/** The types that columns of system views have. */
export const bool: RedshiftType = { id: 'bool' };
export const int2: RedshiftType = { id: 'int2' };
export const int4: RedshiftType = { id: 'int4' };
export const int8: RedshiftType = { id: 'int8' };
export const oid: RedshiftType = { id: 'oid' };
export const name: RedshiftType = { id: 'name' };
export const text: RedshiftType = { id: 'text' };
export const timestamp: RedshiftType = { id: 'timestamp' };
export const float4: RedshiftType = { id: 'float4' };
export const textArray: RedshiftType = { id: 'text_array' };
export const int2Array: RedshiftType = { id: 'int2_array' };
export const char = (length: number): RedshiftType => ({ id: 'char', length });
export const varchar = (length: number): RedshiftType => ({ id: 'varchar', length });
export const int4Array: RedshiftType = { id: 'int4_array' };
export const int8Array: RedshiftType = { id: 'int8_array' };
export const int2Vector: RedshiftType = { id: 'int2vector' };
export const oidVector: RedshiftType = { id: 'oidvector' };
export const numeric104: RedshiftType = { id: 'numeric', precision: 10, scale: 4 };
export const numeric380: RedshiftType = { id: 'numeric', precision: 38, scale: 0 };
export const regproc: RedshiftType = { id: 'regproc' };
