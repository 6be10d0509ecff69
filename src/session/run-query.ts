import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import type { Session } from './contract.js';
import { textValue } from './text-rows.js';
import { untypedParameter } from './untyped-parameter.js';

/**
 * As on the wire, but numbers that fit a JavaScript number and booleans are decoded: int2, int4, float4, float8, bool.
 * All else is text.
 */
export type QueryValue = string | number | boolean | null;

export interface QueryResult {
  /** `SELECT 3`, `INSERT 0 1`, `REFRESH` … */
  readonly tag: string;
  readonly columns: readonly OutputColumn[];
  /** One object a row, keyed by column label (the last wins when labels repeat). */
  readonly rows: readonly Readonly<Record<string, QueryValue>>[];
}

/**
 * Run every statement of `sql` in `session` and give the last one's result. Parameters bind `$1 …` and need a single
 * statement.
 *
 * @throws SqlError, DuckshiftError
 */
export async function runQuery(
  session: Session,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<QueryResult> {
  let result: QueryResult = { tag: '', columns: [], rows: [] };
  for (const statement of session.parse(sql).statements) {
    try {
      const prepared = await session.prepare(statement, []);
      const {
        tag,
        columns = [],
        rows,
      } = await session.execute(
        prepared,
        parameters.map((value, index) => toText(value, prepared.parameterTypes[index])),
      );
      const objects: Record<string, QueryValue>[] = [];
      for (let chunk = await rows?.next(); chunk !== undefined; chunk = await rows?.next()) {
        for (let row = 0; row < chunk.rowCount; row++) {
          const object: Record<string, QueryValue> = {};
          chunk.columns.forEach((column, index) => {
            const output = columns[index];
            if (output === undefined) return;
            object[output.label] = decode(textValue(column, row), output);
          });
          objects.push(object);
        }
      }
      rows?.close();
      result = { tag: rows === undefined ? tag : `${tag} ${objects.length}`, columns, rows: objects };
    } catch (error) {
      session.markFailed();
      throw error;
    }
  }
  return result;
}

function decode(text: string | null, column: OutputColumn): QueryValue {
  if (text === null) return null;
  switch (column.type.id) {
    case 'int2':
    case 'int4':
    case 'float4':
    case 'float8':
      return Number(text);
    case 'bool':
      return text === 't';
    default:
      return text;
  }
}

function toText(value: unknown, type: RedshiftType | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return untypedParameter(value, type);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
