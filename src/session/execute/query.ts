import type { QueryPlan } from '../../../sql-dialect/plan.js';
import { boundParameters } from '../bound-parameters.js';
import type { StatementExecutor } from '../context.js';
import { withRows } from '../results.js';

/** SELECT, VALUES, WITH … */
export const query: StatementExecutor<QueryPlan> = {
  columns: (_session, plan) => plan.columns,
  async execute({ session, parameters }, plan) {
    const bound = boundParameters(plan.parameters, parameters);
    const rows = await session.transaction.read(async () => {
      await session.prepareVariables(plan);
      const readsNothing = plan.reads.length === 0;
      return session.connection.query(plan.duckdb, plan.columns, bound, { readsNothing });
    });
    return withRows('SELECT', plan.columns, rows);
  },
};
