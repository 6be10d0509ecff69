import type { ObjectName } from '../../../sql-dialect/catalog.js';
import { quoteIdentifier } from '../../../sql-dialect/duckdb/quote.js';
import type { AlterTableAction, OutputColumn } from '../../../sql-dialect/plan.js';
import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';
import { displayType } from '../../../sql-dialect/types/type-table.js';
import { DuckshiftError } from '../../base/errors.js';
import type { CatalogSnapshot, RelationEntry } from '../../catalog/contract.js';
import { backingTable, physicalColumn, physicalRelation, physicalSchema, qualified } from '../../catalog/physical.js';
import type { StatementContext } from '../context.js';
import type { ExecutionResult } from '../contract.js';
import { done } from '../results.js';
import { requireTarget, wrongKind } from './names.js';
import { beginWrite, noteChange } from './watched.js';

type AppendAction = Extract<AlterTableAction, { readonly type: 'append' }>;

interface AppendColumn {
  readonly name: string;
  readonly duckdb: string;
  readonly type: RedshiftType;
}

/** ALTER TABLE … APPEND FROM: moves all rows of a table or of a streaming materialized view ("ALTER TABLE APPEND"). */
export async function appendFrom(
  { session }: StatementContext,
  name: ObjectName,
  action: AppendAction,
): Promise<ExecutionResult> {
  const { transaction, connection } = session;
  if (transaction.isExplicit)
    throw new DuckshiftError('25001', 'ALTER TABLE APPEND cannot run inside a transaction block');
  const { snapshot } = transaction;
  const target = requireTarget(session, name, snapshot);
  const source = requireTarget(session, action.from, snapshot);
  if (target.entry.kind !== 'table') throw wrongKind(target.entry, 'table', undefined);
  if (target.temporary || source.temporary)
    throw new DuckshiftError('0A000', 'ALTER TABLE APPEND with a temporary table is not supported');
  if (target.entry.oid === source.entry.oid)
    throw new DuckshiftError('42P16', 'ALTER TABLE APPEND needs two different tables');
  const from = sourceOf(snapshot, source.entry);
  const columns = matchColumns(target.entry, source.entry, action);
  const watched = [target.entry, source.entry].filter((entry) => beginWrite(session, entry));
  await transaction.write(async () => {
    const into = columns.map(([column]) => quoteIdentifier(column.duckdb)).join(', ');
    const values = columns.map(([, column]) => quoteIdentifier(column.duckdb)).join(', ');
    await connection.run(
      `INSERT INTO ${physicalRelation(snapshot, target.entry)} (${into}) SELECT ${values} FROM ${from.rows}`,
    );
    await connection.run(`DELETE FROM ${from.table}`);
    for (const entry of watched) await noteChange(session, entry, 'rows');
  });
  return done('ALTER TABLE APPEND');
}

/**
 * Pairs of target and source column. Without IGNOREEXTRA and FILLTARGET both must have the same columns, whatever their
 * order.
 */
function matchColumns(
  target: RelationEntry,
  source: RelationEntry,
  action: AppendAction,
): (readonly [AppendColumn, AppendColumn])[] {
  const given = new Map(appendColumns(source).map((column) => [column.name, column]));
  const pairs: (readonly [AppendColumn, AppendColumn])[] = [];
  for (const column of appendColumns(target)) {
    const match = given.get(column.name);
    given.delete(column.name);
    if (match === undefined) {
      if (action.fillTarget) continue;
      throw new DuckshiftError(
        '42703',
        `column "${column.name}" of table "${target.name}" is not in "${source.name}"`,
        {
          hint: 'Use FILLTARGET to fill such columns with their default.',
        },
      );
    }
    if (displayType(match.type) !== displayType(column.type)) {
      throw new DuckshiftError(
        '42804',
        `column "${column.name}" is of type ${displayType(column.type)} in "${target.name}" but ${displayType(match.type)} in "${source.name}"`,
      );
    }
    pairs.push([column, match]);
  }
  const [extra] = given.keys();
  if (extra !== undefined && !action.ignoreExtra) {
    throw new DuckshiftError('42703', `column "${extra}" of "${source.name}" is not in table "${target.name}"`, {
      hint: 'Use IGNOREEXTRA to discard such columns.',
    });
  }
  return pairs;
}

function appendColumns(entry: RelationEntry): AppendColumn[] {
  if (entry.kind === 'table')
    return entry.columns.map((column) => ({ name: column.name, duckdb: physicalColumn(column), type: column.type }));
  return entry.columns.map((column: OutputColumn) => ({ name: column.label, duckdb: column.label, type: column.type }));
}

/** Where the rows are read, and the table that holds them: partial aggregates, where a streaming view aggregates. */
function sourceOf(snapshot: CatalogSnapshot, entry: RelationEntry): { readonly rows: string; readonly table: string } {
  const rows = physicalRelation(snapshot, entry);
  if (entry.kind === 'table') return { rows, table: rows };
  if (entry.kind !== 'materialized_view') throw wrongKind(entry, 'table', undefined);
  if (entry.stream === undefined)
    throw new DuckshiftError('42809', `ALTER TABLE APPEND from materialized view "${entry.name}" is not supported`, {
      hint: 'Rows can be moved from tables and from materialized views over a stream.',
    });
  return {
    rows,
    table: qualified(snapshot.database, physicalSchema(snapshot, entry.schema), backingTable(entry.name)),
  };
}
