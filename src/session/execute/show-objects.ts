import type { OutputColumn, ShowObjectsPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../errors.js';
import type { StatementExecutor } from '../context.js';

/** SHOW TABLES, COLUMNS, SCHEMAS, DATABASES, VIEW, TABLE …; lines are added as their forms are built. */
export const showObjects: StatementExecutor<ShowObjectsPlan> = {
  columns: (): readonly OutputColumn[] | undefined => undefined,
  async execute(_context, plan) {
    throw new DuckshiftError('0A000', `SHOW ${plan.what.toUpperCase()} is not supported`);
  },
};
