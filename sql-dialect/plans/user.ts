import type { AlterUser, CreateUser, UserOption } from '../ast/principal.js';
import { SqlState } from '../errors.js';
import type { UnsupportedPlan, UserPlan } from '../plan.js';
import type { Lowering } from './lowering.js';

/** An option that is not supported: its name, and what to use instead. */
interface Refusal {
  readonly feature: string;
  readonly hint: string;
}

/** What each option is not supported for; undefined for the ones that are. */
const refusals: { readonly [K in UserOption['kind']]: Refusal | undefined } = {
  user_password: undefined,
  user_createdb: undefined,
  user_createuser: undefined,
  user_syslog_access: undefined,
  user_valid_until: undefined,
  user_connection_limit: undefined,
  user_rename: undefined,
  user_groups: { feature: 'IN GROUP of a user', hint: 'Leave the clause out: there are no groups.' },
  user_session_timeout: {
    feature: 'SESSION TIMEOUT of a user',
    hint: 'Leave the clause out: idle sessions stay open. statement_timeout limits what a statement takes.',
  },
  user_externalid: {
    feature: 'EXTERNALID of a user',
    hint: 'Leave the clause out: users log in with a password.',
  },
  user_setting: {
    feature: 'SET of a user',
    hint: 'Use SET in the session itself, or the options of the connection.',
  },
};

/**
 * "CREATE USER", "ALTER USER".
 *
 * @throws SqlError 42601 for a new user without PASSWORD; 22007 for VALID UNTIL of something that is not a time.
 */
export function lowerUser(lowering: Lowering, node: CreateUser | AlterUser): UserPlan | UnsupportedPlan {
  for (const option of node.options) {
    const refusal = refusals[option.kind];
    if (refusal !== undefined) return lowering.unsupported(refusal.feature, option, refusal.hint);
  }
  let plan: UserPlan = {
    kind: node.kind,
    name: lowering.name(node.name),
    newName: undefined,
    createDatabase: undefined,
    superuser: undefined,
    connectionLimit: undefined,
    validUntil: undefined,
    syslogAccess: undefined,
    password: undefined,
  };
  for (const option of node.options) plan = { ...plan, ...said(lowering, option) };
  if (node.kind === 'create_user' && plan.password === undefined)
    lowering.fail(SqlState.syntaxError, 'CREATE USER needs PASSWORD, or PASSWORD DISABLE', node);
  return plan;
}

function said(lowering: Lowering, option: UserOption): Partial<UserPlan> {
  switch (option.kind) {
    case 'user_password': {
      const { text } = option;
      return { password: text === undefined ? 'disable' : () => text };
    }
    case 'user_createdb':
      return { createDatabase: option.on };
    case 'user_createuser':
      return { superuser: option.on };
    case 'user_syslog_access':
      return { syslogAccess: option.access === 'unrestricted' ? 'UNRESTRICTED' : 'RESTRICTED' };
    case 'user_valid_until':
      if (option.text !== 'infinity' && Number.isNaN(Date.parse(option.text)))
        lowering.fail('22007', `invalid input syntax for type timestamp: "${option.text}"`, option);
      return { validUntil: option.text };
    case 'user_connection_limit':
      return { connectionLimit: option.limit === 'unlimited' ? -1 : option.limit };
    case 'user_rename':
      return { newName: lowering.name(option.to) };
    case 'user_groups':
    case 'user_session_timeout':
    case 'user_externalid':
    case 'user_setting':
      return {};
  }
}
