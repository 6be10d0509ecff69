import type { DuckDBConnection } from '@duckdb/node-api';
import bindings, {
  type DataChunk,
  type LogicalType,
  type ScalarFunctionInfo,
  type Vector,
} from '@duckdb/node-bindings';
import { decodeRaisedError, raisedErrorText } from '../../../sql-dialect/duckdb/raised-error.js';
import { DuckDBScalarFunction } from '../duckdb.js';
import type { Kind, UserFunction } from './definition.js';
import { type ServerControl, serverFunctions } from './server-functions.js';
import { userFunctions } from './table.js';
import { readColumn, writeColumn } from './vector-access.js';

const typeIds = {
  text: bindings.Type.VARCHAR,
  utf8: bindings.Type.VARCHAR,
  blob: bindings.Type.BLOB,
  json: bindings.Type.VARCHAR,
  json_utf8: bindings.Type.VARCHAR,
  bool: bindings.Type.BOOLEAN,
  int4: bindings.Type.INTEGER,
  int8: bindings.Type.BIGINT,
  float8: bindings.Type.DOUBLE,
  date: bindings.Type.DATE,
  timestamp: bindings.Type.TIMESTAMP,
} as const satisfies Record<Kind, number>;

const noSessions: ServerControl = { cancelBackend: () => false, terminateBackend: () => false };

/**
 * Makes every JavaScript function of the dialect known to the connection's database. Functions belong to the instance:
 * once per instance is enough. Costs about 30 µs a function.
 *
 * @param control lets PG_CANCEL_BACKEND and PG_TERMINATE_BACKEND reach the sessions; without it they find none.
 */
export function registerUserFunctions(connection: DuckDBConnection, control: ServerControl = noSessions): void {
  for (const definition of userFunctions) register(connection, definition);
  for (const definition of serverFunctions(control)) register(connection, definition);
}

function register(connection: DuckDBConnection, definition: UserFunction): void {
  const scalar = new DuckDBScalarFunction();
  const handle = scalar.scalar_function;
  try {
    bindings.scalar_function_set_name(handle, definition.name);
    for (const kind of definition.parameters) bindings.scalar_function_add_parameter(handle, logicalType(kind, false));
    if (definition.rest !== undefined) {
      bindings.scalar_function_set_varargs(handle, logicalType(definition.rest, false));
    }
    bindings.scalar_function_set_return_type(handle, logicalType(definition.returns, true));
    if (definition.nullable) bindings.scalar_function_set_special_handling(handle);
    if (definition.volatile) bindings.scalar_function_set_volatile(handle);
    bindings.scalar_function_set_function(handle, (_info: ScalarFunctionInfo, input: DataChunk, output: Vector) =>
      evaluate(definition, input, output),
    );
    connection.registerScalarFunction(scalar);
  } finally {
    scalar.destroySync();
  }
}

function logicalType(kind: Kind, result: boolean): LogicalType {
  const type = bindings.create_logical_type(typeIds[kind]);
  if (result && (kind === 'json' || kind === 'json_utf8')) bindings.logical_type_set_alias(type, 'JSON');
  return type;
}

/** Our defect must not look like the user's error: whatever was not raised on purpose is reported as XX000. */
function evaluate(definition: UserFunction, input: DataChunk, output: Vector): void {
  try {
    evaluateRows(definition, input, output);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (decodeRaisedError(message) !== undefined) throw error;
    throw new Error(raisedErrorText('XX000', `internal error in ${definition.name}: ${message}`));
  }
}

function evaluateRows(definition: UserFunction, input: DataChunk, output: Vector): void {
  const rowCount = bindings.data_chunk_get_size(input);
  const columnCount = bindings.data_chunk_get_column_count(input);
  const { parameters, rest, nullable } = definition;
  const readers = Array.from({ length: columnCount }, (_, i) =>
    readColumn(input, i, parameters[i] ?? rest ?? 'text', rowCount),
  );
  const writer = writeColumn(output, definition.returns, rowCount);
  const values: unknown[] = new Array(columnCount).fill(null);
  for (let row = 0; row < rowCount; row++) {
    let anyNull = false;
    for (let i = 0; i < columnCount; i++) {
      const value = readers[i]?.get(row) ?? null;
      values[i] = value;
      if (value === null) anyNull = true;
    }
    writer.set(row, anyNull && !nullable ? null : definition.evaluate(...values));
  }
  writer.finish();
}
