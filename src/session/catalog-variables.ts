import { quoteLiteral } from '../../sql-dialect/duckdb/quote.js';
import { sessionVariables } from '../../sql-dialect/duckdb/session-variables.js';
import { functionDefinition, functionOids, listedFunctions } from '../../sql-dialect/functions/listing.js';
import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { CatalogSnapshot, RelationEntry, TableEntry, ViewEntry } from '../catalog/contract.js';
import { sqlName } from '../catalog/definition-text.js';
import { describeOutputColumns } from '../catalog/describe-columns.js';
import { allKeys, keyRow, type TableKey } from '../catalog/keys.js';
import { kindOf } from '../catalog/objects/kinds.js';
import type { PrincipalSnapshot } from '../catalog/principals/contract.js';
import { superusers, userRow } from '../catalog/principals/users.js';
import { systemViewOids } from '../catalog/system/system-objects.js';
import { systemSchemas } from '../catalog/system/system-schemas.js';
import { inTemporarySchema, temporarySchema, temporaryTableRow } from '../catalog/temporary-tables.js';
import { textList, textMap, type VariableValue } from './variables.js';

/** What the lookup functions of the catalogs depend on. Equal sources mean the objects themselves. */
export interface CatalogSource {
  readonly snapshot: CatalogSnapshot;
  /** Existing schemas in the order they are searched. */
  readonly searchPath: readonly string[];
  readonly principals: PrincipalSnapshot;
  /** The session's temporary tables, and what the catalogs call their schema. */
  readonly temporary: ReadonlyMap<string, TableEntry>;
  readonly temporarySchema: string;
  /** The columns of a late-binding view as they are now; undefined when its query no longer fits. */
  readonly lateColumns: (view: ViewEntry) => readonly OutputColumn[] | undefined;
}

/** Session variables about the catalog's objects, made again only when the catalog or the search path changed. */
export function catalogVariables(source: () => CatalogSource): VariableValue[] {
  const line = (variable: VariableValue['variable'], compute: (source: CatalogSource) => string): VariableValue => {
    let known:
      | {
          readonly snapshot: CatalogSnapshot;
          readonly principals: PrincipalSnapshot;
          readonly temporary: CatalogSource['temporary'];
          readonly key: string;
          readonly value: string;
        }
      | undefined;
    return {
      variable,
      value: () => {
        const now = source();
        const key = now.searchPath.join('\0');
        const same =
          known !== undefined &&
          known.snapshot === now.snapshot &&
          known.principals === now.principals &&
          known.temporary === now.temporary &&
          known.key === key;
        if (known === undefined || !same) known = { ...now, key, value: compute(now) };
        return known.value;
      },
    };
  };
  const v = sessionVariables;
  return [
    line(v.userNames, ({ principals }) =>
      numberMap([[1, 'rdsdb'], ...principals.all('user').map(({ id, name }) => [id, name] as const)]),
    ),
    line(v.superusers, ({ principals }) => textList(['rdsdb', ...superusers(principals)])),
    line(v.users, ({ principals }) => quoteLiteral(JSON.stringify(principals.all('user').map(userRow)))),
    line(v.relationOwners, (now) => numberMap(ownedRelations(now).map(({ oid, owner }) => [oid, owner]))),
    line(v.schemaOwners, ({ snapshot }) => textMap(new Map([...systemSchemaOwners, ...schemaOwners(snapshot)]))),
    line(v.schemaNames, ({ snapshot }) =>
      numberMap([
        ...systemSchemas.map(({ oid, name }) => [oid, name] as const),
        ...snapshot.schemas().map(({ oid, name }) => [oid, name] as const),
      ]),
    ),
    line(
      v.visibleRelations,
      (now) =>
        `[${visibleRelations(now)
          .map(({ oid }) => oid)
          .join(', ')}]::BIGINT[]`,
    ),
    line(v.relationNames, (now) => {
      const visible = new Set(visibleRelations(now).map(({ oid }) => oid));
      return numberMap(
        namedRelations(now).map(({ oid, schema, name }) => [
          oid,
          visible.has(oid) ? sqlName(name) : `${sqlName(schema)}.${sqlName(name)}`,
        ]),
      );
    }),
    line(v.relationOids, (now) => {
      const oids = new Map<string, number>();
      for (const { oid, schema, name } of namedRelations(now)) oids.set(`${schema}.${name}`, oid);
      for (const { oid, name } of now.temporary.values()) oids.set(`${temporarySchema}.${name}`, oid);
      for (const { oid, name } of visibleRelations(now)) oids.set(name, oid);
      return `MAP {${Array.from(oids, ([name, oid]) => `${quoteLiteral(name)}: ${oid}`).join(', ')}}`;
    }),
    line(
      v.comments,
      (now) =>
        `MAP {${comments(now)
          .map(([key, text]) => `${quoteLiteral(key)}: ${quoteLiteral(text)}`)
          .join(', ')}}`,
    ),
    line(v.viewTexts, ({ snapshot }) =>
      numberMap(
        snapshot
          .relations()
          .flatMap((entry) => (entry.kind === 'table' ? [] : [[entry.oid, viewText(entry)] as const])),
      ),
    ),
    line(v.keyTexts, (now) => numberMap(keysOf(now).map((key) => [key.oid, key.text]))),
    line(v.indexTexts, (now) =>
      numberMap(keysOf(now).flatMap((key) => (key.indexOid === 0 ? [] : [[key.indexOid, indexText(key)] as const]))),
    ),
    line(v.keys, (now) => quoteLiteral(JSON.stringify(keysOf(now).map(keyRow)))),
    line(v.relationColumns, (now) => quoteLiteral(JSON.stringify([...ownColumns(now), ...lateColumns(now)]))),
    line(v.lateColumns, (now) => quoteLiteral(JSON.stringify(lateColumns(now)))),
    line(v.temporaryRelations, ({ temporary, temporarySchema: schema }) =>
      quoteLiteral(JSON.stringify(Array.from(temporary.values(), (table) => temporaryTableRow(table, schema)))),
    ),
    { variable: v.functionArguments, value: () => functionTexts.arguments },
    { variable: v.functionResults, value: () => functionTexts.results },
    { variable: v.functionDefinitions, value: () => functionTexts.definitions },
    { variable: v.functionOids, value: () => functionTexts.oids },
  ];
}

const systemSchemaOwners = systemSchemas.map(({ name }) => [name, 'rdsdb'] as const);

function schemaOwners(snapshot: CatalogSnapshot): (readonly [string, string])[] {
  return snapshot.schemas().map(({ name, owner }) => [name, owner]);
}

function ownedRelations(source: CatalogSource): { readonly oid: number; readonly owner: string }[] {
  return [
    ...temporaryTables(source),
    ...source.snapshot.relations(),
    ...systemViewOids().map(({ oid }) => ({ oid, owner: 'rdsdb' })),
  ];
}

const functionTexts = {
  arguments: numberMap(listedFunctions.map(({ oid, argumentText }) => [oid, argumentText])),
  results: numberMap(listedFunctions.map(({ oid, resultText }) => [oid, resultText])),
  definitions: numberMap(listedFunctions.map((listed) => [listed.oid, functionDefinition(listed)])),
  oids: `MAP {${Array.from(functionOids(), ([name, oid]) => `${quoteLiteral(name)}: ${oid}`).join(', ')}}`,
};

function temporaryTables({ temporary, temporarySchema: schema }: CatalogSource): TableEntry[] {
  return inTemporarySchema(temporary.values(), schema);
}

function keysOf(source: CatalogSource): TableKey[] {
  return allKeys(source.snapshot, temporaryTables(source));
}

interface NamedRelation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
}

function namedRelations(source: CatalogSource): NamedRelation[] {
  return [
    ...temporaryTables(source),
    ...source.snapshot.relations(),
    ...keysOf(source).flatMap((key) =>
      key.indexOid === 0 ? [] : [{ oid: key.indexOid, schema: key.table.schema, name: key.name }],
    ),
    ...systemViewOids(),
  ];
}

/** Those that their bare name finds: temporary tables come first, then pg_catalog, then the search path. */
function visibleRelations(source: CatalogSource): NamedRelation[] {
  const found = new Map<string, NamedRelation>();
  const all = namedRelations(source);
  for (const schema of [source.temporarySchema, 'pg_catalog', ...source.searchPath]) {
    for (const relation of all) {
      if (relation.schema === schema && !found.has(relation.name)) found.set(relation.name, relation);
    }
  }
  return [...found.values()];
}

function comments(source: CatalogSource): [string, string][] {
  const rows: [string, string][] = [];
  const { snapshot } = source;
  for (const entry of [...snapshot.schemas(), ...snapshot.relations(), ...temporaryTables(source)]) {
    if (entry.comment !== undefined) rows.push([`${entry.oid}.0`, entry.comment]);
    for (const { ordinal, comment } of kindOf(entry).describe(entry) ?? [])
      if (comment !== null) rows.push([`${entry.oid}.${ordinal}`, comment]);
  }
  return rows;
}

function viewText(entry: Exclude<RelationEntry, { kind: 'table' }>): string {
  switch (entry.kind) {
    case 'view':
      return `${entry.text};`;
    case 'late_binding_view':
      return `${entry.text} WITH NO SCHEMA BINDING;`;
    case 'materialized_view':
      return `create materialized view ${sqlName(entry.name)} as ${entry.text};`;
  }
}

function indexText(key: TableKey): string {
  const table = `${sqlName(key.table.schema)}.${sqlName(key.table.name)}`;
  return `CREATE UNIQUE INDEX ${sqlName(key.name)} ON ${table} USING btree (${key.columnNames.map(sqlName).join(', ')})`;
}

function lateColumns({ snapshot, lateColumns: columnsOf }: CatalogSource) {
  return snapshot.relations().flatMap((entry) =>
    entry.kind !== 'late_binding_view'
      ? []
      : describeOutputColumns(columnsOf(entry) ?? []).map((column) => ({
          view_oid: entry.oid,
          view_schema: entry.schema,
          view_name: entry.name,
          view_owner: entry.owner,
          col_name: column.name,
          col_type: column.full_type,
          col_num: column.ordinal,
          ...column,
        })),
  );
}

function ownColumns(source: CatalogSource) {
  return [...source.snapshot.relations(), ...temporaryTables(source)].flatMap((entry) =>
    entry.kind === 'late_binding_view'
      ? []
      : (kindOf(entry).describe(entry) ?? []).map((column) => ({
          view_schema: entry.schema,
          view_name: entry.name,
          col_name: column.name,
          col_type: column.full_type,
          col_num: column.ordinal,
        })),
  );
}

/** DuckDB literal of a map from numbers to texts. */
function numberMap(entries: readonly (readonly [number, string])[]): string {
  return `MAP {${entries.map(([key, text]) => `${key}: ${quoteLiteral(text)}`).join(', ')}}`;
}
