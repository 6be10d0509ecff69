import type { MaintenancePlan } from '../../../sql-dialect/plan.js';
import type { CatalogSnapshot, RelationEntry } from '../../catalog/contract.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { requireTarget } from './names.js';
import { noteChange } from './watched.js';

/** The tables must exist; beyond that there is nothing to do for them: DuckDB keeps statistics and space by itself. */
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

function viewsRead(snapshot: CatalogSnapshot, entry: RelationEntry): boolean {
  return entry.kind === 'table' && snapshot.dependents(entry.oid).some(({ kind }) => kind === 'materialized_view');
}

/**
 * VACUUM. Materialized views over the tables are recomputed at their next refresh ("Refreshing a materialized view").
 */
export const vacuum: StatementExecutor<MaintenancePlan> = {
  async execute({ session }, plan) {
    checkTables(session, plan);
    const { snapshot } = session.transaction;
    const all = snapshot.relations().filter((entry) => entry.kind === 'table');
    const vacuumed =
      plan.tables.length === 0 ? all : plan.tables.map((name) => requireTarget(session, name, snapshot).entry);
    const watched = vacuumed.filter((entry) => viewsRead(snapshot, entry));
    if (watched.length > 0)
      await session.transaction.write(async () => {
        for (const entry of watched) await noteChange(session, entry, 'vacuum');
      });
    return done('VACUUM');
  },
};

/** LOCK: DuckDB reports conflicts between writers of one table, so the lock itself protects nothing more. */
export const lock: StatementExecutor<MaintenancePlan> = {
  async execute({ session }, plan) {
    checkTables(session, plan);
    return done('LOCK TABLE');
  },
};
