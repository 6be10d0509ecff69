import type { DropUsersPlan, UserPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import type { UserAttributes } from '../../catalog/principals/users.js';
import type { StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { passwordOption } from './password-option.js';

const fresh: UserAttributes = {
  createDatabase: false,
  superuser: false,
  connectionLimit: -1,
  syslogAccess: 'RESTRICTED',
};

/** "CREATE USER". Users belong to the whole server: the statement takes effect at once, also inside a transaction block. */
export const createUser: StatementExecutor<UserPlan> = {
  async execute({ session }, plan) {
    await session.services.catalog.users.create(plan.name, await changed(plan, fresh));
    return done('CREATE USER');
  },
};

/** "ALTER USER". A new name makes an MD5 hash useless, because the hash holds the name; so it is cleared, as in PostgreSQL. */
export const alterUser: StatementExecutor<UserPlan> = {
  async execute({ session }, plan) {
    const { users } = session.services.catalog;
    const newName = plan.newName ?? plan.name;
    const known = users.attributes(plan.name) ?? { ...fresh, superuser: true, createDatabase: true };
    const attributes = await changed(plan, known);
    const cleared = newName !== plan.name && attributes.password?.scheme === 'md5';
    await users.alter(plan.name, newName, cleared ? { ...attributes, password: null } : attributes);
    if (cleared)
      session.notice({ severity: 'NOTICE', code: '00000', message: 'MD5 password cleared because of user rename' });
    return done('ALTER USER');
  },
};

/** "DROP USER". Refuses a user that owns something (2BP01). */
export const dropUsers: StatementExecutor<DropUsersPlan> = {
  async execute({ session }, plan) {
    const { users } = session.services.catalog;
    const { snapshot } = session.transaction;
    for (const name of plan.names) {
      if (users.id(name) === undefined && plan.ifExists) {
        session.notice({ severity: 'INFO', code: '00000', message: `user "${name}" does not exist, skipping` });
        continue;
      }
      if (name === session.user) throw new DuckshiftError('55006', 'current user cannot be dropped');
      const owned = [...snapshot.schemas(), ...snapshot.relations()].find((entry) => entry.owner === name);
      if (owned !== undefined)
        throw new DuckshiftError('2BP01', `user "${name}" cannot be dropped because the user owns some object`, {
          detail: `owner of ${owned.kind.replaceAll('_', ' ')} ${owned.name}`,
        });
      await users.drop(name);
    }
    return done('DROP USER');
  },
};

async function changed(plan: UserPlan, from: UserAttributes): Promise<UserAttributes> {
  return {
    password: await passwordOption(plan.name, plan.password, from.password),
    createDatabase: plan.createDatabase ?? from.createDatabase,
    superuser: plan.superuser ?? from.superuser,
    connectionLimit: plan.connectionLimit ?? from.connectionLimit,
    validUntil: plan.validUntil ?? from.validUntil,
    syslogAccess: plan.syslogAccess ?? from.syslogAccess,
  };
}
