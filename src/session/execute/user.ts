import { createHash } from 'node:crypto';
import type { DropPlan, UserPlan } from '../../../sql-dialect/plan.js';
import type { UserAttributes } from '../../catalog/users.js';
import { DuckshiftError } from '../../errors.js';
import type { StatementExecutor } from '../context.js';
import { done } from '../results.js';

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
    await session.services.catalog.users.create(plan.name, changed(plan, fresh));
    return done('CREATE USER');
  },
};

/** "ALTER USER". A new name makes a stored password useless, because its hash holds the name; so it is cleared, as in PostgreSQL. */
export const alterUser: StatementExecutor<UserPlan> = {
  async execute({ session }, plan) {
    const { users } = session.services.catalog;
    const rename = plan.options['rename to'];
    const newName = typeof rename === 'string' ? rename.toLowerCase() : plan.name;
    const known = users.attributes(plan.name) ?? { ...fresh, superuser: true, createDatabase: true };
    const attributes = changed(plan, known);
    const cleared = newName !== plan.name && typeof attributes.password === 'string';
    await users.alter(plan.name, newName, cleared ? { ...attributes, password: null } : attributes);
    if (cleared)
      session.notice({ severity: 'NOTICE', code: '00000', message: 'MD5 password cleared because of user rename' });
    return done('ALTER USER');
  },
};

/** "DROP USER". Refuses a user that owns something (2BP01). */
export const dropUsers: StatementExecutor<DropPlan> = {
  async execute({ session }, plan) {
    const { users } = session.services.catalog;
    const { snapshot } = session.transaction;
    for (const { name } of plan.names) {
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

function changed({ name, options, password }: UserPlan, from: UserAttributes): UserAttributes {
  for (const option of refused) {
    if (options[option] !== undefined)
      throw new DuckshiftError('0A000', `${option.toUpperCase()} of a user is not supported`);
  }
  const limit = options['connection limit'];
  const until = options['valid until'];
  const access = options['syslog access'];
  return {
    password: passwordOf(name, password, from.password),
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

function passwordOf(
  name: string,
  given: UserPlan['password'],
  before: string | null | undefined,
): string | null | undefined {
  if (given === undefined) return before;
  if (given === 'disable') return null;
  const option = given();
  if (/^md5[0-9a-f]{32}$/i.test(option)) return option.toLowerCase();
  const parts = option.split('|');
  if (parts[0] === 'sha256') {
    if (parts.length !== 2) throw new DuckshiftError('0A000', 'a password given as a SHA-256 hash is not supported');
    return stored(name, checkedPassword(parts[1] ?? ''));
  }
  return stored(name, checkedPassword(option));
}

const stored = (name: string, password: string): string =>
  `md5${createHash('md5')
    .update(password + name, 'utf8')
    .digest('hex')}`;

/** 8 to 64 characters with an upper-case and a lower-case letter and a digit ("CREATE USER"). */
function checkedPassword(password: string): string {
  const broken =
    password.length < 8 || password.length > 64
      ? 'Password must be 8 to 64 characters long'
      : !/[A-Z]/.test(password)
        ? 'Password must contain uppercase letters'
        : !/[a-z]/.test(password)
          ? 'Password must contain lowercase letters'
          : !/[0-9]/.test(password)
            ? 'Password must contain a number'
            : undefined;
  if (broken !== undefined) throw new DuckshiftError('XX000', broken);
  return password;
}
