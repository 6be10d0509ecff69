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

/** Options that would change what happens and are not obeyed. */
const refused = ['in group', 'session timeout', 'reset session timeout', 'externalid', 'set', 'reset'];

/** "CREATE USER". Users belong to the whole server: the statement takes effect at once, also inside a transaction block. */
export const createUser: StatementExecutor<UserPlan> = {
  async execute({ session }, plan) {
    if (plan.password === undefined)
      throw new DuckshiftError('42601', 'CREATE USER needs PASSWORD, or PASSWORD DISABLE');
    await session.services.catalog.users.create(plan.name, await changed(plan, fresh));
    return done('CREATE USER');
  },
};

/** "ALTER USER". A new name makes an MD5 hash useless, because the hash holds the name; so it is cleared, as in PostgreSQL. */
export const alterUser: StatementExecutor<UserPlan> = {
  async execute({ session }, plan) {
    const { users } = session.services.catalog;
    const rename = plan.options['rename to'];
    const newName = typeof rename === 'string' ? rename.toLowerCase() : plan.name;
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

async function changed({ name, options, password }: UserPlan, from: UserAttributes): Promise<UserAttributes> {
  for (const option of refused) {
    if (options[option] !== undefined)
      throw new DuckshiftError('0A000', `${option.toUpperCase()} of a user is not supported`);
  }
  const limit = options['connection limit'];
  const until = options['valid until'];
  const access = options['syslog access'];
  return {
    password: await passwordOption(name, password, from.password),
    createDatabase: options.createdb === true || (options.nocreatedb !== true && from.createDatabase),
    superuser: options.createuser === true || (options.nocreateuser !== true && from.superuser),
    connectionLimit: typeof limit === 'string' ? (limit === 'unlimited' ? -1 : Number(limit)) : from.connectionLimit,
    validUntil: typeof until === 'string' ? validUntil(until) : from.validUntil,
    syslogAccess: access === undefined ? from.syslogAccess : access === 'unrestricted' ? 'UNRESTRICTED' : 'RESTRICTED',
  };
}

function validUntil(text: string): string {
  if (text !== 'infinity' && Number.isNaN(Date.parse(text)))
    throw new DuckshiftError('22007', `invalid input syntax for type timestamp: "${text}"`);
  return text;
}
