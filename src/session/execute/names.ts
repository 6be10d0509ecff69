import type { ObjectName } from '../../../sql-dialect/catalog.js';
import { DuckshiftError } from '../../base/errors.js';
import type { CatalogSnapshot, RelationEntry, TableEntry } from '../../catalog/contract.js';
import { objectKinds } from '../../catalog/objects/kinds.js';
import { temporarySchema, temporarySchemaOf } from '../../catalog/temporary-tables.js';
import type { SessionContext } from '../context.js';

/** A name for an object that is to be made. */
export interface NewName {
  readonly schema: string;
  readonly name: string;
}

/** A relation that a DDL statement names. */
export interface Target {
  readonly entry: RelationEntry;
  readonly temporary: boolean;
}

/** Other databases can be read by three-part names, not changed ("Querying data across databases"). */
export function refuseOtherDatabase(session: SessionContext, database: string | undefined): void {
  if (database === undefined || database === session.database) return;
  if (session.services.catalog.snapshot(database) === undefined)
    throw new DuckshiftError('3D000', `database "${database}" does not exist`);
  throw new DuckshiftError('0A000', `changing objects of another database ("${database}") is not supported`);
}

/**
 * Where a new permanent relation goes: its own schema, or the first of the search path that exists.
 *
 * @throws DuckshiftError 3F000, 42501 for a system schema, 0A000 for an external one.
 */
export function newRelationName(session: SessionContext, name: ObjectName, snapshot: CatalogSnapshot): NewName {
  refuseOtherDatabase(session, name.database);
  if (name.schema !== undefined) {
    assertSchemaTakesRelations(session, name.schema, snapshot);
    return { schema: name.schema, name: name.name };
  }
  for (const schema of session.settings.searchPath) {
    const wanted = schema === '$user' ? session.user : schema;
    if (snapshot.schema(wanted)?.kind === 'schema') return { schema: wanted, name: name.name };
  }
  throw new DuckshiftError('3F000', 'no schema has been selected to create in');
}

function assertSchemaTakesRelations(session: SessionContext, schema: string, snapshot: CatalogSnapshot): void {
  if (session.services.system.hasSchema(schema))
    throw new DuckshiftError('42501', `permission denied for schema ${schema}`);
  const entry = snapshot.schema(schema);
  if (entry === undefined) throw new DuckshiftError('3F000', `schema "${schema}" does not exist`);
  if (entry.kind === 'external_schema')
    throw new DuckshiftError('0A000', `creating objects in external schema "${schema}" is not supported`);
}

/** 42P07 of CREATE TABLE and ALTER TABLE, in Redshift's words. */
export function alreadyExists(name: string): DuckshiftError {
  return new DuckshiftError('42P07', `Relation "${name}" already exists`);
}

/** 42P07 of views, materialized views and CREATE TABLE AS, which PostgreSQL's own code makes: its words. */
export function queryNameTaken(name: string): DuckshiftError {
  return new DuckshiftError('42P07', `relation "${name}" already exists`);
}

/**
 * The relation that a DDL statement means, temporary tables first.
 *
 * @throws DuckshiftError 3F000 for a schema that does not exist, 42501 for a system relation.
 */
export function findTarget(session: SessionContext, name: ObjectName, snapshot: CatalogSnapshot): Target | undefined {
  refuseOtherDatabase(session, name.database);
  const { system } = session.services;
  const isTemporary = name.schema === temporarySchema || name.schema === temporarySchemaOf(session.processId);
  if (name.schema === undefined || isTemporary) {
    const table = session.transaction.temporary.get(name.name);
    if (table !== undefined) return { entry: table, temporary: true };
    if (isTemporary) return undefined;
  }
  const path = name.schema === undefined ? session.settings.searchPath : [name.schema];
  for (const part of path) {
    const schema = part === '$user' ? session.user : part;
    const entry = snapshot.relation(schema, name.name);
    if (entry !== undefined) return { entry, temporary: false };
  }
  if (name.schema === undefined) {
    if (system.relation(session.database, 'pg_catalog', name.name) !== undefined) throw systemRelation(name.name);
    return undefined;
  }
  if (system.hasSchema(name.schema)) {
    if (system.relation(session.database, name.schema, name.name) !== undefined) throw systemRelation(name.name);
    return undefined;
  }
  if (snapshot.schema(name.schema) === undefined)
    throw new DuckshiftError('3F000', `schema "${name.schema}" does not exist`);
  return undefined;
}

function systemRelation(name: string): DuckshiftError {
  return new DuckshiftError('42501', `permission denied: "${name}" is a system catalog`);
}

/** As `findTarget`; throws 42P01 when there is none. */
export function requireTarget(session: SessionContext, name: ObjectName, snapshot: CatalogSnapshot): Target {
  const target = findTarget(session, name, snapshot);
  if (target === undefined) throw noRelation(name);
  return target;
}

/** 42P01. */
export function noRelation(name: ObjectName): DuckshiftError {
  return new DuckshiftError('42P01', `relation "${shown(name)}" does not exist`);
}

/** A name as messages show it: without the database. */
export function shown(name: ObjectName): string {
  return name.schema === undefined ? name.name : `${name.schema}.${name.name}`;
}

/**
 * 42809: the object is not of the kind the statement is about. For DROP the hint names the right statement, as "DROP
 * MATERIALIZED VIEW" documents.
 */
export function wrongKind(
  entry: RelationEntry,
  wanted: RelationEntry['kind'],
  verb: 'DROP' | undefined,
): DuckshiftError {
  const kind = objectKinds[entry.kind];
  const hint = verb === undefined ? undefined : `Use ${verb} ${kind.dropWord} to remove a ${kind.word}.`;
  const advice = verb !== undefined && wanted === 'materialized_view' ? ` ${hint}` : '';
  return new DuckshiftError(
    '42809',
    `"${entry.name}" is not a ${objectKinds[wanted].word}${advice === '' ? '' : `.${advice}`}`,
    {
      hint: advice === '' ? hint : undefined,
    },
  );
}

/** A permanent or temporary table, or 42809. */
export function requireTable(target: Target): TableEntry {
  if (target.entry.kind !== 'table') throw wrongKind(target.entry, 'table', undefined);
  return target.entry;
}
