import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { TextResult } from '../engine/contract.js';
import type { ExecutionResult } from './contract.js';
import { type TextValue, textRows } from './text-rows.js';

/** A statement without rows; `tag` is complete. */
export function done(tag: string): ExecutionResult {
  return { tag, columns: undefined, rows: undefined };
}

/** A statement with rows. */
export function withRows(tag: string, columns: readonly OutputColumn[], rows: TextResult): ExecutionResult {
  return { tag, columns, rows };
}

/** Rows the server makes itself, all of type text. */
export function serverRows(
  tag: string,
  columns: readonly OutputColumn[],
  rows: readonly (readonly TextValue[])[],
): ExecutionResult {
  return { tag, columns, rows: textRows(columns.length, rows) };
}

/** Result columns of type text with these labels. */
export function textColumns(...labels: readonly string[]): OutputColumn[] {
  return labels.map((label) => ({ label, type: { id: 'text' } }));
}
