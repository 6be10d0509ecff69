import { evaluateBothOnce, evaluateOnce } from '../duckdb/evaluate-once.js';
import { objectCast } from '../duckdb/object-names.js';
import { raisedErrorExpression } from '../duckdb/raised-error.js';
import { sessionValue, sessionVariables } from '../duckdb/session-variables.js';
import { isString, isUnknown } from '../types/coercion.js';
import type { BoundArgument, CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { bool } from './result-types.js';

/** What a HAS_…_PRIVILEGE function asks about. */
interface PrivilegeQuestion {
  readonly object: string;
  /** Arguments that name the object. */
  readonly arguments: number;
  readonly privileges: readonly string[];
  /** DuckDB text of the owner of the object that the first argument names; undefined: superusers only. */
  readonly owner?: (argument: BoundArgument) => string;
  /** What everyone has on objects of this owner. */
  readonly everyone?: { readonly owner: string | undefined; readonly privileges: readonly string[] };
}

const { user, userNames, superusers, relationOwners, schemaOwners, schemaNames } = sessionVariables;
const stable = { volatility: 'stable' } as const;

const onRelation = (privileges: readonly string[]) => ({
  privileges,
  owner: relationOwner,
  everyone: { owner: 'rdsdb', privileges: ['SELECT'] },
});

/**
 * "System information functions". Nothing can be granted, so that owners and superusers have every privilege and others
 * those that PUBLIC has from the start.
 */
const questions: readonly PrivilegeQuestion[] = [
  {
    object: 'table',
    arguments: 1,
    ...onRelation('SELECT INSERT UPDATE DELETE RULE REFERENCES TRIGGER DROP ALTER TRUNCATE'.split(' ')),
  },
  { object: 'column', arguments: 2, ...onRelation(['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) },
  { object: 'any_column', arguments: 1, ...onRelation(['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) },
  {
    object: 'schema',
    arguments: 1,
    privileges: ['CREATE', 'USAGE', 'ALTER', 'DROP'],
    owner: schemaOwner,
    everyone: { owner: 'rdsdb', privileges: ['USAGE'] },
  },
  {
    object: 'database',
    arguments: 1,
    privileges: ['CREATE', 'TEMPORARY', 'TEMP', 'USAGE', 'CONNECT', 'ALTER'],
    everyone: { owner: undefined, privileges: ['TEMPORARY', 'TEMP', 'CONNECT'] },
  },
  {
    object: 'function',
    arguments: 1,
    privileges: ['EXECUTE'],
    everyone: { owner: undefined, privileges: ['EXECUTE'] },
  },
  {
    object: 'language',
    arguments: 1,
    privileges: ['USAGE'],
    everyone: { owner: undefined, privileges: ['USAGE'] },
  },
  { object: 'model', arguments: 1, privileges: ['EXECUTE'] },
  { object: 'assumerole', arguments: 1, privileges: ['COPY', 'UNLOAD', 'EXTERNAL FUNCTION', 'CREATE MODEL', 'ALL'] },
];

/** HAS_TABLE_PRIVILEGE and similar functions, each with and without a user before the object. */
export const privilegeFunctions: readonly FunctionDefinition[] = questions.flatMap((question) => {
  const name = `has_${question.object}_privilege`;
  const count = question.arguments + 1;
  const page = name.toUpperCase();
  return [
    scalar(page, name, Array(count).fill('any'), bool, (call) => answer(question, call, undefined), stable),
    scalar(page, name, Array(count + 1).fill('any'), bool, (call) => answer(question, call, call.args[0]), stable),
  ];
});

function answer(question: PrivilegeQuestion, { args }: CallContext, asked: BoundArgument | undefined): string {
  const rest = asked === undefined ? args : args.slice(1);
  const [object] = rest;
  const privilege = rest.at(-1);
  if (object === undefined || privilege === undefined) return 'NULL';
  const who = asked === undefined ? sessionValue(user) : userName(asked);
  const owner = question.owner?.(object);
  return evaluateBothOnce(who, `upper(${privilege.sql})`, (name, wanted) => {
    const mentions = (words: readonly string[]): string => `regexp_matches(${wanted}, '\\b(${words.join('|')})\\b')`;
    const held = [`list_contains(${sessionValue(superusers)}, ${name})`];
    if (owner !== undefined) held.push(`coalesce(${owner} = ${name}, false)`);
    const { everyone } = question;
    if (everyone?.owner === undefined || owner === undefined) {
      if (everyone !== undefined) held.push(mentions(everyone.privileges));
    } else held.push(`(${owner} = '${everyone.owner}' AND ${mentions(everyone.privileges)})`);
    if (question.object === 'schema')
      held.push(`(${schemaName(object)} = 'public' AND ${mentions(['CREATE', 'USAGE'])})`);
    const unrecognized = raisedErrorExpression('22023', `'unrecognized privilege type: "' || ${privilege.sql} || '"'`);
    // Looking the owner up is what raises the error for an object that is not there.
    const missing = owner === undefined ? '' : `WHEN ${owner} IS NULL THEN NULL `;
    return (
      `CASE WHEN ${name} IS NULL OR ${object.sql} IS NULL OR ${wanted} IS NULL THEN NULL ` +
      `WHEN NOT regexp_full_match(${wanted}, '${pattern(question.privileges)}') THEN ${unrecognized} ${missing}ELSE ${held.join(' OR ')} END`
    );
  });
}

/** One privilege or several with commas between them, each perhaps with its grant option. */
function pattern(privileges: readonly string[]): string {
  const one = `\\s*(${privileges.join('|')})(\\s+WITH\\s+GRANT\\s+OPTION)?\\s*`;
  return `${one}(,${one})*`;
}

const isName = (argument: BoundArgument): boolean => isString(argument.type) || isUnknown(argument.type);

/** The user's name by name or id; 42704 for one that is not there. */
function userName(argument: BoundArgument): string {
  const names = sessionValue(userNames);
  const missing = raisedErrorExpression('42704', `'user "' || ${argument.sql} || '" does not exist'`);
  const found = isName(argument)
    ? `CASE WHEN list_contains(map_values(${names}), CAST(${argument.sql} AS VARCHAR)) THEN CAST(${argument.sql} AS VARCHAR) END`
    : `${names}[CAST(${argument.sql} AS BIGINT)]`;
  return `coalesce(${found}, CASE WHEN ${argument.sql} IS NOT NULL THEN ${missing} END)`;
}

function relationOwner(argument: BoundArgument): string {
  const oid = isName(argument)
    ? (objectCast(argument.sql, { id: 'varchar' }, { id: 'regclass' }) ?? argument.sql)
    : `CAST(${argument.sql} AS BIGINT)`;
  return `${sessionValue(relationOwners)}[${oid}]`;
}

function schemaName(argument: BoundArgument): string {
  return isName(argument)
    ? `CAST(${argument.sql} AS VARCHAR)`
    : `${sessionValue(schemaNames)}[CAST(${argument.sql} AS BIGINT)]`;
}

function schemaOwner(argument: BoundArgument): string {
  const missing = raisedErrorExpression('3F000', `'schema "' || ${argument.sql} || '" does not exist'`);
  return evaluateOnce(
    schemaName(argument),
    (name) =>
      `coalesce(${sessionValue(schemaOwners)}[${name}], CASE WHEN ${argument.sql} IS NOT NULL THEN ${missing} END)`,
  );
}
