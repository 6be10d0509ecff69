import { SqlError } from '../../../sql-dialect/errors.js';
import type { StatementHandle } from '../../session/contract.js';
import { constantMessages, writeCommandComplete, writeRowDescription } from '../codec/backend-messages.js';
import { wireField } from '../formats/type-formats.js';
import { rowsTag } from './command-tag.js';
import type { ConnectionContext } from './connection-context.js';
import { RowCursor } from './row-cursor.js';

/**
 * Run every statement of a simple Query in order, results in text. Several statements are one implicit transaction; the
 * first error ends them all.
 *
 * @throws whatever a statement throws; what was written before stays written.
 */
export async function runSimpleQuery(context: ConnectionContext, text: string): Promise<void> {
  const { channel, session, implicit } = context;
  const { statements } = session.parse(text);
  if (statements.length === 0) {
    await implicit.commit();
    channel.writer.bytes(constantMessages.emptyQueryResponse);
    return;
  }
  if (statements.length > 1) await implicit.begin();
  for (const [index, statement] of statements.entries())
    await runStatement(context, statement, index === statements.length - 1);
}

async function runStatement(context: ConnectionContext, statement: StatementHandle, last: boolean): Promise<void> {
  const { channel, session, implicit, interruption } = context;
  const { writer } = channel;
  await interruption.during(async () => {
    const prepared = await session.prepare(statement, []);
    if (prepared.parameterTypes.length > 0) throw new SqlError('42P02', 'there is no parameter $1');
    if (prepared.columns !== undefined) interruption.markReading();
    const { tag, columns, rows } = await session.execute(prepared, []);
    if (rows === undefined || columns === undefined) {
      if (last) await implicit.commit();
      writeCommandComplete(writer, tag);
      return;
    }
    const cursor = new RowCursor(rows, []);
    try {
      writeRowDescription(writer, columns.map(wireField), []);
      const count = await cursor.send(channel, Number.POSITIVE_INFINITY, interruption);
      // The commit may fail: the client must not have seen a success before that.
      if (last) await implicit.commit();
      writeCommandComplete(writer, rowsTag(tag, count));
    } finally {
      cursor.close();
    }
  }, session.statementTimeoutMillis);
}
