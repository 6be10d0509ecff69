import { createPrincipalTable } from '../principals/store.js';
import type { Migration } from './migration.js';

/** Users are principals, changed by the transaction that says so; their table took changes at once. */
export const principals: Migration = {
  format: 3,
  change: 'users as principals',
  run: async (store) => {
    await store.connection.run(createPrincipalTable(store.database));
    if (!(await store.hasTable('users'))) return;
    await store.connection.run(
      `INSERT INTO ${store.table('principals')} ` +
        `SELECT 'user', usename, usesysid, 0, false, coalesce(attributes, 'null'::JSON) FROM ${store.table('users')}`,
    );
    await store.connection.run(`DROP TABLE ${store.table('users')}`);
  },
};
