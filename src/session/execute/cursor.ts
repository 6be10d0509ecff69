import type { CloseCursorPlan, DeclareCursorPlan, FetchPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import { boundParameters } from '../bound-parameters.js';
import type { StatementExecutor } from '../context.js';
import { done, withRows } from '../results.js';

/** DECLARE runs its query at once; FETCH gives out what was read. */
export const declareCursor: StatementExecutor<DeclareCursorPlan> = {
  async execute({ session, parameters }, plan) {
    const { transaction, cursors } = session;
    if (!transaction.isExplicit && !plan.hold)
      throw new DuckshiftError('25P01', 'DECLARE CURSOR may only be used in transaction blocks');
    cursors.assertFree(plan.name);
    const bound = boundParameters(plan.query.parameters, parameters);
    const rows = await transaction.read(async () => {
      await session.prepareVariables(plan.query);
      return session.connection.query(plan.query.duckdb, plan.query.columns, bound);
    });
    cursors.declare(plan.name, plan.query.columns, rows, plan.hold);
    if (!transaction.inBlock) cursors.endTransaction(true);
    return done('DECLARE CURSOR');
  },
};

export const fetchCursor: StatementExecutor<FetchPlan> = {
  columns: (session, plan) => session.cursors.columns(plan.name),
  async execute({ session }, plan) {
    const columns = session.cursors.columns(plan.name);
    return withRows('FETCH', columns, await session.cursors.fetch(plan.name, plan.count));
  },
};

export const closeCursor: StatementExecutor<CloseCursorPlan> = {
  async execute({ session }, plan) {
    if (plan.name === 'all') await session.cursors.closeEach();
    else await session.cursors.close(plan.name);
    return done('CLOSE CURSOR');
  },
};
