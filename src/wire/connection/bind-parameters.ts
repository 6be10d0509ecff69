import { displayType } from '../../../sql-dialect/types/type-table.js';
import { DuckshiftError } from '../../base/errors.js';
import { untypedParameter } from '../../session/untyped-parameter.js';
import { decodeText } from '../codec/body-reader.js';
import type { BindMessage } from '../codec/frontend-messages.js';
import { binaryFormat, type FormatCode } from '../codec/protocol.js';
import { protocolViolation } from '../codec/protocol-error.js';
import { parameterFormat, typeOfParameterOid } from '../formats/type-formats.js';
import type { ProtocolStatement } from './portal.js';

/**
 * The parameters of a Bind in text form.
 *
 * @throws DuckshiftError 08P01 for wrong counts, 22P03 and 22021 for malformed values, 0A000 for a type without binary
 * form.
 */
export function boundParameters(message: BindMessage, statement: ProtocolStatement): (string | null)[] {
  const { parameters, parameterFormats } = message;
  const types = statement.prepared?.parameterTypes ?? [];
  if (parameterFormats.length > 1 && parameterFormats.length !== parameters.length)
    throw protocolViolation(
      `bind message has ${parameterFormats.length} parameter formats but ${parameters.length} parameters`,
    );
  if (parameters.length !== types.length)
    throw protocolViolation(
      `bind message supplies ${parameters.length} parameters, but prepared statement "${message.statement}" requires ${types.length}`,
    );
  return parameters.map((bytes, index) => {
    const type = types[index];
    if (bytes === null || type === undefined) return null;
    const declared = statement.declaredOids[index] ?? 0;
    if (formatAt(parameterFormats, index) !== binaryFormat) {
      const text = decodeText(bytes);
      return typeOfParameterOid(declared) === undefined ? untypedParameter(text, type) : text;
    }
    const format = parameterFormat(declared, type);
    if (format === undefined) {
      const name = declared === 0 ? `type ${displayType(type)}` : `type with OID ${declared}`;
      throw new DuckshiftError('0A000', `binary format of ${name} is not supported in bind parameter ${index + 1}`);
    }
    return inParameter(index + 1, () => format.decode(bytes));
  });
}

/** One format a result column. @throws DuckshiftError 08P01 when their number fits neither. */
export function resultFormats({ resultFormats }: BindMessage, columns: number): FormatCode[] {
  if (resultFormats.length > 1 && resultFormats.length !== columns)
    throw protocolViolation(`bind message has ${resultFormats.length} result formats but query has ${columns} columns`);
  return Array.from({ length: columns }, (_, index) => formatAt(resultFormats, index));
}

/** None means text for all, a single one holds for all. */
function formatAt(formats: readonly FormatCode[], index: number): FormatCode {
  return (formats.length === 1 ? formats[0] : formats[index]) ?? 0;
}

function inParameter<T>(number: number, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DuckshiftError && error.code === '22P03')
      throw new DuckshiftError('22P03', `incorrect binary data format in bind parameter ${number}`);
    throw error;
  }
}
