import type { TruncatePlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../errors.js';
import type { StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { isStreaming } from './dml.js';
import { refuseOtherDatabase } from './names.js';

/** TRUNCATE: cannot be rolled back, because it commits the transaction it runs in ("TRUNCATE"). */
export const truncate: StatementExecutor<TruncatePlan> = {
  async execute({ session }, { target }) {
    refuseOtherDatabase(session, target.database);
    if (target.kind === 'system_view')
      throw new DuckshiftError('42501', `permission denied: "${target.name}" is a system catalog`);
    if (target.kind === 'materialized_view' && !isStreaming(session, target)) {
      throw new DuckshiftError('42809', `TRUNCATE on materialized view "${target.name}" is not supported`, {
        hint: 'Only materialized views over a stream can be truncated.',
      });
    }
    if (target.kind !== 'table' && target.kind !== 'materialized_view')
      throw new DuckshiftError('42809', `"${target.name}" is not a table`);
    await session.transaction.write(() => session.connection.run(`DELETE FROM ${target.duckdb}`));
    if (session.transaction.inBlock) await session.transaction.commitNow();
    return done('TRUNCATE TABLE');
  },
};
