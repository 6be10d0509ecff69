import type { ExplainablePlan, ExplainPlan, QueryPlan } from '../../../sql-dialect/plan.js';
import { boundParameters } from '../bound-parameters.js';
import type { StatementExecutor } from '../context.js';
import { serverRows, textColumns } from '../results.js';

/** The queries of a statement. */
export interface Explained extends Pick<QueryPlan, 'reads' | 'parameters'> {
  readonly duckdb: readonly string[];
}

const columns = textColumns('QUERY PLAN');

/**
 * EXPLAIN: the engine's own plan. Redshift's operators and costs are not imitated. `explained` gives the queries of
 * each kind of statement.
 */
export function explainWith(explained: (plan: ExplainablePlan) => Explained): StatementExecutor<ExplainPlan> {
  return {
    columns: () => columns,
    async execute({ session, parameters }, { statement }) {
      const part = explained(statement);
      const bound = boundParameters(part.parameters, parameters);
      const lines = await session.transaction.read(async () => {
        await session.prepareVariables(part);
        const texts: string[] = [];
        for (const duckdb of part.duckdb) {
          const rows = await session.connection.rows(`EXPLAIN ${duckdb}`, bound);
          for (const row of rows) texts.push(...String(row.explain_value).split('\n'));
        }
        return texts;
      });
      return serverRows(
        'EXPLAIN',
        columns,
        lines.filter((line) => line !== '').map((line) => [line]),
      );
    },
  };
}
