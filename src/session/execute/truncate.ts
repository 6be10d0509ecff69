import type { Relation } from '../../../sql-dialect/catalog.js';
import type { TruncatePlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import { backingTable, physicalSchema, qualified } from '../../catalog/physical.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { refuseOtherDatabase } from './names.js';
import { beginWrite, noteChange } from './watched.js';

/** TRUNCATE: cannot be rolled back, because it commits the transaction it runs in ("TRUNCATE"). */
export const truncate: StatementExecutor<TruncatePlan> = {
  async execute({ session }, { target }) {
    refuseOtherDatabase(session, target.database);
    if (target.kind === 'system_view')
      throw new DuckshiftError('42501', `permission denied: "${target.name}" is a system catalog`);
    const table = target.kind === 'materialized_view' ? streamTable(session, target) : target.duckdb;
    if (target.kind !== 'table' && target.kind !== 'materialized_view')
      throw new DuckshiftError('42809', `"${target.name}" is not a table`);
    const entry = target.temporary ? undefined : session.transaction.snapshot.relation(target.schema, target.name);
    const watched = entry !== undefined && beginWrite(session, entry) ? entry : undefined;
    await session.transaction.write(async () => {
      await session.connection.run(`DELETE FROM ${table}`);
      if (watched !== undefined) await noteChange(session, watched, 'truncate');
    });
    if (session.transaction.inBlock) await session.transaction.commitNow();
    return done('TRUNCATE TABLE');
  },
};

/** The table behind a materialized view over a stream, whatever its columns are: all of it goes. */
function streamTable({ transaction, database }: SessionContext, { schema, name }: Relation): string {
  const { snapshot } = transaction;
  const entry = snapshot.relation(schema, name);
  if (entry?.kind === 'materialized_view' && entry.stream !== undefined)
    return qualified(database, physicalSchema(snapshot, schema), backingTable(name));
  throw new DuckshiftError('42809', `TRUNCATE on materialized view "${name}" is not supported`, {
    hint: 'Only materialized views over a stream can be truncated.',
  });
}
