import type { ResetPlan, SetPlan, ShowPlan } from '../../../sql-dialect/plan.js';
import type { StatementExecutor } from '../context.js';
import { done, serverRows, textColumns } from '../results.js';
import { SettingStore } from '../settings/store.js';
import { settingsTable } from '../settings/table.js';

export const setSetting: StatementExecutor<SetPlan> = {
  async execute({ session }, plan) {
    // The dialect lets only the session's own user through.
    if (plan.name === 'session_authorization') return done('SET');
    if (plan.local && !session.transaction.inBlock) {
      SettingStore.definition(plan.name);
      session.notice({
        severity: 'WARNING',
        code: '25P01',
        message: 'SET LOCAL can only be used in transaction blocks',
      });
      return done('SET');
    }
    await session.settingsChanged(session.settings.set(plan.name, plan.value, plan.local));
    return done('SET');
  },
};

export const resetSetting: StatementExecutor<ResetPlan> = {
  async execute({ session }, plan) {
    const { settings } = session;
    await session.settingsChanged(
      plan.name === 'all' ? settings.resetAll() : settings.set(plan.name, undefined, false),
    );
    return done('RESET');
  },
};

const allColumns = textColumns('name', 'setting', 'description');

export const showSetting: StatementExecutor<ShowPlan> = {
  columns: (_session, plan) => (plan.name === 'all' ? allColumns : textColumns(label(plan.name))),
  async execute({ session }, plan) {
    const { settings } = session;
    if (plan.name !== 'all') {
      const { name } = SettingStore.definition(plan.name);
      return serverRows('SHOW', textColumns(label(name)), [[settings.get(name)]]);
    }
    const rows = Array.from(settings.all(), ([name, value]) => [
      name,
      value,
      settingsTable.get(name)?.description ?? '',
    ]);
    return serverRows('SHOW', allColumns, rows);
  },
};

/** SHOW labels its column with the name clients know the setting by. */
function label(name: string): string {
  const definition = SettingStore.definition(name);
  return definition.reportedAs ?? definition.name;
}
