import { type SessionVariable, sessionValue, sessionVariables } from '../duckdb/session-variables.js';
import { catalogOnlyTypes } from '../types/catalog-types.js';
import { elementType, isVector } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { typeEntries } from '../types/type-table.js';
import type { CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { bool, int4, int8, name, unknown } from './result-types.js';

const page = 'Leader node-only functions';
const stable = { volatility: 'stable' } as const;
const text: RedshiftType = { id: 'text' };

/** The value of a session variable that is a map, at a key. */
function at(variable: SessionVariable, key: string): string {
  return `${sessionValue(variable)}[${key}]`;
}

const {
  userNames,
  visibleRelations,
  comments,
  viewTexts,
  keyTexts,
  indexTexts,
  functionArguments,
  functionDefinitions,
  functionResults,
} = sessionVariables;
const allTypes = [...typeEntries(), ...catalogOnlyTypes];
const known = allTypes.map((entry) => entry.oid).join(', ');
const typeNames = `MAP {${allTypes.map(({ oid, displayName }) => `${oid}::BIGINT: '${displayName}'`).join(', ')}}`;
const visible = `list_contains(${sessionValue(visibleRelations)}, $1)`;
const builtInClass = "(CASE $2 WHEN 'pg_class' THEN true ELSE false END)";

/** Functions of the PostgreSQL catalogs that look an object up ("System Information Functions", PostgreSQL 8.0). */
export const catalogObjectFunctions: readonly FunctionDefinition[] = [
  scalar(
    page,
    'pg_get_userbyid',
    ['oid'],
    name,
    `coalesce(${at(userNames, 'CAST($1 AS BIGINT)')}, 'unknown (OID=' || $1 || ')')`,
    stable,
  ),
  scalar(page, 'pg_table_is_visible', ['oid'], bool, visible, stable),
  scalar(page, 'pg_type_is_visible', ['oid'], bool, `($1 IN (${known}))`, stable),
  ...[
    'function',
    'operator',
    'opclass',
    'opfamily',
    'conversion',
    'ts_config',
    'ts_dict',
    'ts_parser',
    'ts_template',
    'collation',
  ].map((object) => scalar(page, `pg_${object}_is_visible`, ['oid'], bool, '($1 IS NOT NULL)', stable)),
  scalar(
    page,
    'obj_description',
    ['oid', 'string'],
    text,
    `CASE WHEN ${builtInClass} OR $2 = 'pg_namespace' THEN ${at(comments, "($1 || '.0')")} END`,
    stable,
  ),
  scalar(page, 'obj_description', ['oid'], text, at(comments, "($1 || '.0')"), stable),
  scalar(page, 'shobj_description', ['oid', 'string'], text, `CASE WHEN $1 IS NULL THEN $2 END`, stable),
  scalar(page, 'col_description', ['oid', 'integer'], text, at(comments, "($1 || '.' || $2)"), stable),
  ...withPretty('pg_get_viewdef', viewTexts),
  ...withPretty('pg_get_constraintdef', keyTexts),
  ...withPretty('pg_get_indexdef', indexTexts),
  scalar(
    page,
    'pg_get_indexdef',
    ['oid', 'integer', 'boolean'],
    text,
    `CASE WHEN $2 = 0 THEN ${at(indexTexts, 'CAST($1 AS BIGINT)')} END`,
    stable,
  ),
  scalar(page, 'pg_get_functiondef', ['oid'], text, at(functionDefinitions, 'CAST($1 AS BIGINT)'), stable),
  // There are no rules, triggers or partitions to print.
  ...['pg_get_ruledef', 'pg_get_triggerdef', 'pg_get_partkeydef'].flatMap((called) => [
    scalar(page, called, ['oid'], text, 'CASE WHEN $1 IS NULL THEN CAST(NULL AS VARCHAR) END', stable),
    scalar(page, called, ['oid', 'boolean'], text, 'CASE WHEN $1 IS NULL THEN CAST(NULL AS VARCHAR) END', stable),
  ]),
  scalar(page, 'pg_get_function_result', ['oid'], text, at(functionResults, 'CAST($1 AS BIGINT)'), stable),
  ...['pg_get_function_arguments', 'pg_get_function_identity_arguments'].map((called) =>
    scalar(page, called, ['oid'], text, at(functionArguments, 'CAST($1 AS BIGINT)'), stable),
  ),
  scalar(page, 'pg_get_serial_sequence', ['string', 'string'], text, 'CASE WHEN $1 IS NULL THEN $2 END', stable),
  scalar(
    page,
    'oidvectortypes',
    ['any'],
    text,
    `array_to_string(list_transform($1, lambda o: coalesce(${typeNames}[o], '???')), ', ')`,
  ),
  scalar(
    page,
    'unnest',
    ['any'],
    (args) => elementType(args[0]?.type ?? unknown) ?? unknown,
    (call) =>
      elementType(call.args[0]?.type ?? unknown) === undefined
        ? call.fail('42883', 'function unnest of a value that is no array does not exist', 0)
        : `unnest(${call.args[0]?.sql ?? 'NULL'})`,
  ),
  scalar(page, 'pg_size_pretty', ['bigint'], text, "($1 || ' bytes')"),
  // How much a table takes is not known.
  ...['pg_table_size', 'pg_relation_size', 'pg_total_relation_size', 'pg_database_size', 'pg_tablespace_size'].map(
    (called) => scalar(page, called, ['any'], int8, 'CASE WHEN $1 IS NULL THEN CAST(NULL AS BIGINT) END', stable),
  ),
  scalar(page, 'pg_tablespace_location', ['oid'], text, "CASE WHEN $1 IS NOT NULL THEN '' END", stable),
  scalar(page, 'getdatabaseencoding', [], name, "'UTF8'", stable),
  scalar(
    page,
    'pg_char_to_encoding',
    ['string'],
    int4,
    "CASE upper($1) WHEN 'UTF8' THEN 6 WHEN 'UNICODE' THEN 6 WHEN 'SQL_ASCII' THEN 0 ELSE -1 END",
    stable,
  ),
  scalar(page, 'pg_relation_is_publishable', ['oid'], bool, 'CASE WHEN $1 IS NOT NULL THEN false END', stable),
  scalar(page, 'generate_subscripts', ['any', 'integer'], int4, subscripts),
];

function subscripts({ args }: CallContext): string {
  const [array, dimension] = args;
  const [first, last] = array !== undefined && isVector(array.type) ? ['0', '- 1'] : ['1', ''];
  return `unnest(CASE WHEN ${dimension?.sql} = 1 THEN CAST(generate_series(${first}, len(${array?.sql}) ${last}) AS INTEGER[]) END)`;
}

/** `f(oid)` and `f(oid, pretty)`. */
function withPretty(called: string, variable: SessionVariable): FunctionDefinition[] {
  const found = at(variable, 'CAST($1 AS BIGINT)');
  return [
    scalar(page, called, ['oid'], text, found, stable),
    scalar(page, called, ['oid', 'boolean'], text, found, stable),
  ];
}
