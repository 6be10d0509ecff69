import type { EmptyPlan, ExecutablePlan, ExplainPlan } from '../../../sql-dialect/plan.js';
import { isUnsupported, refusal } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import { boundParameters } from '../bound-parameters.js';
import type { StatementExecutor } from '../context.js';
import { done, serverRows, textColumns } from '../results.js';

const columns = textColumns('QUERY PLAN');

/** EXPLAIN: the engine's own plan. Redshift's operators and costs are not imitated. */
export const explain: StatementExecutor<ExplainPlan> = {
  columns: () => columns,
  async execute({ session, parameters }, { statement }) {
    if (isUnsupported(statement))
      throw new DuckshiftError('0A000', refusal(statement), { position: statement.position });
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

function explained(plan: ExecutablePlan) {
  switch (plan.kind) {
    case 'select':
      return { duckdb: [plan.duckdb], reads: plan.reads, parameters: plan.parameters };
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
      return plan;
    case 'create_table_as':
    case 'create_materialized_view': {
      const { duckdb, reads, parameters } = plan.query.compiled;
      return { duckdb: [duckdb], reads, parameters };
    }
    default:
      throw new DuckshiftError('0A000', `EXPLAIN ${plan.kind.replaceAll('_', ' ').toUpperCase()} is not supported`);
  }
}

export const empty: StatementExecutor<EmptyPlan> = {
  async execute() {
    return done('');
  },
};
