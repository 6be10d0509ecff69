import type { MaintenancePlan } from '../../../sql-dialect/plan.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { requireTarget } from './names.js';

/** The tables must exist; beyond that there is nothing to do: DuckDB keeps statistics and space by itself. */
function checkTables(session: SessionContext, plan: MaintenancePlan): void {
  for (const name of plan.tables) requireTarget(session, name, session.transaction.snapshot);
}

/** ANALYZE. */
export const maintenance: StatementExecutor<MaintenancePlan> = {
  async execute({ session }, plan) {
    checkTables(session, plan);
    return done('ANALYZE');
  },
};

export const vacuum: StatementExecutor<MaintenancePlan> = {
  runsAlone: 'VACUUM',
  async execute({ session }, plan) {
    checkTables(session, plan);
    return done('VACUUM');
  },
};

/** LOCK: writers of one table are told of conflicts by DuckDB, so that the lock itself protects nothing more. */
export const lock: StatementExecutor<MaintenancePlan> = {
  async execute({ session }, plan) {
    checkTables(session, plan);
    return done('LOCK TABLE');
  },
};
