import { catalogOnlyTypes } from '../types/catalog-types.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { typeEntries, typeEntry } from '../types/type-table.js';
import { evaluateOnce } from './evaluate-once.js';
import { raisedErrorExpression } from './raised-error.js';
import { sessionValue, sessionVariables } from './session-variables.js';

/** Types whose values are oids and whose text is a name ("Object Identifier Types", PostgreSQL 8.0). */
type NamedKind = 'regclass' | 'regtype';

const typeNames = [
  ...typeEntries().filter(({ category }) => category !== 'unknown'),
  ...catalogOnlyTypes.map(({ oid, name, displayName }) => ({ oid, internalName: name, displayName })),
];
const typeNameMap = `MAP {${typeNames.map(({ oid, displayName }) => `${oid}: '${displayName}'`).join(', ')}}`;
const typeOids = new Map([
  ...typeNames.flatMap(({ oid, internalName, displayName }) => [
    [internalName, oid] as const,
    [displayName.replaceAll('"', ''), oid] as const,
  ]),
  // Without quotes it is CHAR(1), with them another type.
  ['char', typeEntry('char').oid] as const,
]);
const typeOidMap = `MAP {${Array.from(typeOids, ([name, oid]) => `'${name}': ${oid}`).join(', ')}}`;

/**
 * DuckDB text of a regclass: the relation's name, with its schema where the search path does not find it; `-` for 0.
 */
export function relationName(sql: string): string {
  return namedText(sql, sessionValue(sessionVariables.relationNames));
}

/** DuckDB text of a regtype. */
export function typeName(sql: string): string {
  return namedText(sql, typeNameMap);
}

function namedText(sql: string, names: string): string {
  return `coalesce(${names}[CAST(${sql} AS BIGINT)], CASE WHEN ${sql} = 0 THEN '-' ELSE CAST(${sql} AS VARCHAR) END)`;
}

/** A cast between an object's oid and its name; undefined for any other. */
export function objectCast(sql: string, from: RedshiftType, to: RedshiftType): string | undefined {
  if (isNamed(to.id)) return isText(from) ? lookedUp(sql, to.id) : undefined;
  if (from.id === 'regproc' && (to.id === 'oid' || to.id === 'int4' || to.id === 'int8')) return functionOid(sql);
  if (isNamed(from.id) && isText(to)) return evaluateOnce(sql, from.id === 'regclass' ? relationName : typeName);
  return undefined;
}

/** The oid of the function of that name; PostgreSQL's words for none and for several. */
function functionOid(sql: string): string {
  return evaluateOnce(sql, (value) => {
    const plain = `regexp_replace(lower(trim(${value})), '^pg_catalog\\.', '')`;
    const none = raisedErrorExpression('42883', `'function "' || ${value} || '" does not exist'`);
    const several = raisedErrorExpression('42725', `'more than one function named "' || ${value} || '"'`);
    return (
      `CASE coalesce(${sessionValue(sessionVariables.functionOids)}[${plain}], CASE WHEN ${value} IS NOT NULL THEN ${none} END) ` +
      `WHEN 0 THEN ${several} ELSE ${sessionValue(sessionVariables.functionOids)}[${plain}] END`
    );
  });
}

const isNamed = (id: RedshiftType['id']): id is NamedKind => id === 'regclass' || id === 'regtype';
const isText = ({ id }: RedshiftType): boolean => ['char', 'varchar', 'text', 'name', 'unknown'].includes(id);

/**
 * Digits are an oid; a name is folded unless it is quoted, and may have a schema, a relation's also the database before
 * it.
 */
function lookedUp(sql: string, kind: NamedKind): string {
  return evaluateOnce(sql, (value) => {
    const plain = `CASE WHEN contains(${value}, '"') THEN replace(${value}, '"', '') ELSE lower(${value}) END`;
    const bare = `regexp_replace(trim(${plain}), '^pg_catalog\\.', '')`;
    const [names, key, what, code] =
      kind === 'regclass'
        ? [sessionValue(sessionVariables.relationOids), `trim(${plain})`, 'relation', '42P01']
        : [typeOidMap, `regexp_replace(${bare}, '\\(.*\\)', '')`, 'type', '42704'];
    const database = sessionValue(sessionVariables.database);
    const rest = `substr(${key}, length(${database}) + 2)`;
    const inDatabase = `CASE WHEN starts_with(${key}, ${database} || '.') AND contains(${rest}, '.') THEN ${names}[${rest}] END`;
    const found = kind === 'regclass' ? `${names}[${key}], ${inDatabase}` : `${names}[${key}]`;
    const missing = raisedErrorExpression(code, `'${what} "' || ${value} || '" does not exist'`);
    return (
      `CASE WHEN regexp_full_match(${value}, '\\d+') THEN TRY_CAST(${value} AS BIGINT) WHEN ${value} = '-' THEN 0 ` +
      `ELSE coalesce(${found}, CASE WHEN ${value} IS NOT NULL THEN ${missing} END) END`
    );
  });
}
