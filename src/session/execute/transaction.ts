import type { TransactionPlan } from '../../../sql-dialect/plan.js';
import type { StatementExecutor } from '../context.js';
import { done } from '../results.js';

export const begin: StatementExecutor<TransactionPlan> = {
  async execute({ session }, plan) {
    if (!session.transaction.begin())
      session.notice({ severity: 'WARNING', code: '25001', message: 'there is already a transaction in progress' });
    if (plan.readOnly !== undefined)
      await session.settingsChanged(session.settings.set('transaction_read_only', plan.readOnly ? 'on' : 'off', true));
    return done(plan.spelling.toUpperCase().startsWith('START') ? 'START TRANSACTION' : 'BEGIN');
  },
};

export const commit: StatementExecutor<TransactionPlan> = {
  async execute({ session }) {
    if (!session.transaction.isExplicit) noTransaction(session.notice.bind(session));
    return done((await session.transaction.commit()) ? 'COMMIT' : 'ROLLBACK');
  },
};

export const rollback: StatementExecutor<TransactionPlan> = {
  async execute({ session }) {
    if (!session.transaction.isExplicit) noTransaction(session.notice.bind(session));
    await session.transaction.rollback();
    return done('ROLLBACK');
  },
};

function noTransaction(notice: (notice: { severity: 'WARNING'; code: string; message: string }) => void): void {
  notice({ severity: 'WARNING', code: '25P01', message: 'there is no transaction in progress' });
}
