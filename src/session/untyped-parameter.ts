import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';

/**
 * A parameter as a session takes it, from text that the client gave without a type. Text for a VARBYTE is its
 * characters, as in a literal; a session takes VARBYTE values as hexadecimal digits ("VARBYTE type"; AWS's Python
 * driver sends bytes as text without a type).
 *
 * @param type what the server inferred
 */
export function untypedParameter(text: string, type: RedshiftType | undefined): string {
  return type?.id === 'varbyte' ? Buffer.from(text, 'utf8').toString('hex') : text;
}
