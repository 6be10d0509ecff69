import type { DropUsersPlan, UserPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import { objectKinds } from '../../catalog/objects/kinds.js';
import type { PrincipalTransaction, UserAttributes, UserEntry } from '../../catalog/principals/contract.js';
import { attributesOf, newUserAttributes } from '../../catalog/principals/users.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { passwordOption } from './password-option.js';

/** "CREATE USER". A user that only connected so far keeps its id. */
export const createUser: StatementExecutor<UserPlan> = {
  async execute({ session, signal }, plan) {
    const { name } = plan;
    const attributes = await changed(plan, newUserAttributes);
    await session.transaction.changePrincipals([{ kind: 'user', name }], signal, async (principals) => {
      const known = principals.snapshot.find('user', name);
      if (known?.attributes !== undefined) throw alreadyExists(name);
      await principals.put({ kind: 'user', id: known?.id ?? principals.nextId('user'), name, attributes });
    });
    return done('CREATE USER');
  },
};

/**
 * "ALTER USER". A new name makes an MD5 hash useless, because the hash holds the name; so it is cleared, as in
 * PostgreSQL.
 */
export const alterUser: StatementExecutor<UserPlan> = {
  async execute({ session, signal }, plan) {
    const { name, newName = name } = plan;
    const names = [...new Set([name, newName])].map((each) => ({ kind: 'user', name: each }) as const);
    await session.transaction.changePrincipals(names, signal, async (principals) => {
      const known = requireUser(principals, name);
      const attributes = await changed(plan, attributesOf(known));
      if (newName === name) return principals.put({ ...known, attributes });
      if (principals.snapshot.find('user', newName) !== undefined) throw alreadyExists(newName);
      const cleared = attributes.password?.scheme === 'md5';
      await principals.remove(known);
      await principals.put({
        ...known,
        name: newName,
        attributes: cleared ? { ...attributes, password: null } : attributes,
      });
      if (cleared)
        session.notice({ severity: 'NOTICE', code: '00000', message: 'MD5 password cleared because of user rename' });
    });
    return done('ALTER USER');
  },
};

/** "DROP USER". Refuses a user that owns something, in whatever database (2BP01). */
export const dropUsers: StatementExecutor<DropUsersPlan> = {
  async execute({ session, signal }, plan) {
    const names = plan.names.map((name) => ({ kind: 'user', name }) as const);
    await session.transaction.changePrincipals(names, signal, async (principals) => {
      for (const { name } of names) {
        if (plan.ifExists && principals.snapshot.find('user', name) === undefined) {
          session.notice({ severity: 'INFO', code: '00000', message: `user "${name}" does not exist, skipping` });
          continue;
        }
        if (name === session.user) throw new DuckshiftError('55006', 'current user cannot be dropped');
        const user = requireUser(principals, name);
        refuseOwner(session, name);
        await principals.remove(user);
      }
    });
    return done('DROP USER');
  },
};

function requireUser(principals: PrincipalTransaction, name: string): UserEntry {
  const user = principals.snapshot.find('user', name);
  if (user === undefined) throw new DuckshiftError('42704', `user "${name}" does not exist`);
  return user;
}

function refuseOwner({ transaction, services, database }: SessionContext, name: string): void {
  for (const each of services.catalog.databases()) {
    const snapshot = each === database ? transaction.snapshot : services.catalog.snapshot(each);
    const owned = [...(snapshot?.schemas() ?? []), ...(snapshot?.relations() ?? [])].find(
      ({ owner }) => owner === name,
    );
    if (owned === undefined) continue;
    throw new DuckshiftError('2BP01', `user "${name}" cannot be dropped because the user owns some object`, {
      detail: `owner of ${objectKinds[owned.kind].word} ${owned.name}${each === database ? '' : ` in database ${each}`}`,
    });
  }
}

function alreadyExists(name: string): DuckshiftError {
  return new DuckshiftError('42710', `user "${name}" already exists`);
}

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
