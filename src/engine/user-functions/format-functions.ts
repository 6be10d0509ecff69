import { raisedErrorText } from '../../../sql-dialect/duckdb/raised-error.js';
import { type UserFunction, userFunction } from './definition.js';
import { formatDatetime } from './format-datetime.js';
import { formatNumber } from './format-number.js';
import { NumberFormatError } from './number-format.js';
import { DatetimeError, parseDatetime } from './parse-datetime.js';
import { parseNumber } from './parse-number.js';

/** "Data type formatting functions". */
export const formatFunctions: readonly UserFunction[] = [
  userFunction('duckshift_to_char_timestamp', ['timestamp', 'text'], 'text', (micros, format) =>
    formatDatetime(micros, format),
  ),
  userFunction(
    'duckshift_to_char_timestamptz',
    ['timestamp', 'int8', 'text', 'text'],
    'text',
    (micros, offset, zone, format) => formatDatetime(micros, format, { name: zone, offset: Number(offset) }),
  ),
  userFunction('duckshift_to_char_number', ['text', 'text'], 'text', (number, format) =>
    checked(() => formatNumber(number, format)),
  ),
  userFunction('duckshift_to_timestamp', ['text', 'text', 'bool'], 'timestamp', (text, format, strict) =>
    checked(() => parseDatetime(text, format, strict)),
  ),
  userFunction('duckshift_to_number', ['text', 'text'], 'text', (text, format) =>
    checked(() => parseNumber(text, format)),
  ),
];

function checked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DatetimeError) throw new Error(raisedErrorText(error.code, error.message));
    if (error instanceof NumberFormatError) throw new Error(raisedErrorText('22023', error.message));
    if (error instanceof RangeError) throw new Error(raisedErrorText('22P02', error.message));
    throw error;
  }
}
