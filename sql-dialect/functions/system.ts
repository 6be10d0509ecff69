import { raisedErrorExpression } from '../duckdb/raised-error.js';
import { type SessionVariable, sessionValue, sessionVariables } from '../duckdb/session-variables.js';
import type { RedshiftType } from '../types/redshift-type.js';
import type { FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { privilegeFunctions } from './privileges.js';
import { bool, int4, int8, name, varchar } from './result-types.js';

const { user, sessionUser, userId, database, searchPath, processId, version } = sessionVariables;
const keyword = { volatility: 'stable', keyword: true } as const;
const volatile = { volatility: 'volatile' } as const;
const stable = { volatility: 'stable' } as const;
const nameArray: RedshiftType = { id: 'text_array' };

/** What is searched before the path: the session's temporary tables, when there are any, and the catalog. */
const implicitSchemas = `CASE WHEN ${sessionValue(sessionVariables.temporaryRelations)} = '[]' THEN ['pg_catalog'] ELSE ['pg_temp_' || ${sessionValue(processId)}, 'pg_catalog'] END`;

/** "System information functions". What they know of the session comes from session variables. */
export const systemFunctions: readonly FunctionDefinition[] = [
  scalar('CURRENT_USER', 'current_user', [], name, sessionValue(user), keyword),
  scalar('USER', 'user', [], name, sessionValue(user), { ...keyword, label: 'current_user' }),
  scalar('SESSION_USER', 'session_user', [], name, sessionValue(sessionUser), keyword),
  scalar('CURRENT_USER_ID', 'current_user_id', [], int4, sessionValue(userId), keyword),
  scalar('CURRENT_DATABASE', 'current_database', [], name, sessionValue(database), stable),
  scalar('CURRENT_DATABASE', 'current_catalog', [], name, sessionValue(database), {
    ...keyword,
    label: 'current_database',
  }),
  scalar('CURRENT_SCHEMA', 'current_schema', [], name, `${sessionValue(searchPath)}[1]`, stable),
  scalar(
    'CURRENT_SCHEMAS',
    'current_schemas',
    ['boolean'],
    nameArray,
    `CASE WHEN $1 THEN list_concat(${implicitSchemas}, ${sessionValue(searchPath)}) ELSE ${sessionValue(searchPath)} END`,
    stable,
  ),
  scalar('CURRENT_SETTING', 'current_setting', ['string'], varchar, setting(), stable),
  scalar('VERSION', 'version', [], varchar, sessionValue(version), stable),
  scalar('PG_BACKEND_PID', 'pg_backend_pid', [], int4, sessionValue(processId), stable),
  scalar('PG_CANCEL_BACKEND', 'pg_cancel_backend', ['integer'], bool, 'duckshift_cancel_backend($1)', volatile),
  scalar(
    'PG_TERMINATE_BACKEND',
    'pg_terminate_backend',
    ['integer'],
    bool,
    'duckshift_terminate_backend($1)',
    volatile,
  ),
  ...counters(),
  ...privilegeFunctions,

  scalar('USER_IS_MEMBER_OF', 'user_is_member_of', ['string', 'string'], bool, '($1 = $2)', stable),
  scalar('SLICE_NUM', 'slice_num', [], int4, '0', stable),
];

function counters(): FunctionDefinition[] {
  const lines: readonly (readonly [string, SessionVariable])[] = [
    ['pg_last_query_id', sessionVariables.lastQueryId],
    ['last_user_query_id', sessionVariables.lastQueryId],
    ['pg_last_copy_id', sessionVariables.lastCopyId],
    ['pg_last_copy_count', sessionVariables.lastCopyCount],
    ['pg_last_unload_id', sessionVariables.lastUnloadId],
    ['pg_last_unload_count', sessionVariables.lastUnloadCount],
  ];
  return lines.map(([called, variable]) =>
    scalar(called.toUpperCase(), called, [], int8, sessionValue(variable), stable),
  );
}

function setting(): string {
  const settings = sessionValue(sessionVariables.settings);
  const unknown = raisedErrorExpression('42704', `'unrecognized configuration parameter "' || $1 || '"'`);
  return `coalesce(${settings}[lower($1)], CASE WHEN $1 IS NOT NULL THEN ${unknown} END)`;
}
