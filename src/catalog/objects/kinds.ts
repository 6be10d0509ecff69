import type { CatalogEntry, RelationEntry } from '../contract.js';
import { type ColumnDescription, describeMaterializedView, describeTable, describeView } from '../describe-columns.js';
import type { StoredFields } from './stored-fields.js';

type Kind = CatalogEntry['kind'];
type EntryOf<K extends Kind, E = CatalogEntry> = E extends { readonly kind: Kind }
  ? K extends E['kind']
    ? E
    : never
  : never;

/** What is known of a kind of catalog object. */
export interface ObjectKind<Entry> {
  /** Whether the object is a schema or is in one. */
  readonly level: 'schema' | 'relation';
  /** In messages: `materialized view`. */
  readonly word: string;
  /** After DROP: `MATERIALIZED VIEW`. */
  readonly dropWord: string;
  /** The stored form of an entry, field by field. */
  readonly fields: StoredFields<Entry>;
  /** The columns for the system views; null for a schema. */
  readonly describe: (entry: Entry) => readonly ColumnDescription[] | null;
}

const view = {
  level: 'relation',
  word: 'view',
  dropWord: 'VIEW',
  fields: {
    oid: 'number',
    schema: 'text',
    name: 'text',
    owner: 'text',
    text: 'text',
    settings: 'object',
    searchPath: 'list',
    columns: 'list',
    dependsOn: 'list',
    columnNames: 'list?',
    columnComments: 'object?',
    physicalName: 'text?',
    comment: 'text?',
  },
  describe: describeView,
} as const satisfies ObjectKind<EntryOf<'view'>>;

/** Every kind of object in a database's catalog. */
export const objectKinds: { readonly [K in Kind]: ObjectKind<EntryOf<K>> } = {
  schema: {
    level: 'schema',
    word: 'schema',
    dropWord: 'SCHEMA',
    fields: { oid: 'number', name: 'text', owner: 'text', physicalName: 'text?', comment: 'text?' },
    describe: () => null,
  },
  external_schema: {
    level: 'schema',
    word: 'schema',
    dropWord: 'SCHEMA',
    fields: {
      oid: 'number',
      name: 'text',
      owner: 'text',
      source: 'text',
      region: 'text?',
      iamRole: 'text?',
      options: 'object',
      comment: 'text?',
    },
    describe: () => null,
  },
  table: {
    level: 'relation',
    word: 'table',
    dropWord: 'TABLE',
    fields: {
      oid: 'number',
      schema: 'text',
      name: 'text',
      owner: 'text',
      columns: 'list',
      constraints: 'list',
      attributes: 'object',
      createdMillis: 'number',
      physicalName: 'text?',
      comment: 'text?',
    },
    describe: describeTable,
  },
  view,
  late_binding_view: view,
  materialized_view: {
    level: 'relation',
    word: 'materialized view',
    dropWord: 'MATERIALIZED VIEW',
    fields: {
      oid: 'number',
      schema: 'text',
      name: 'text',
      owner: 'text',
      text: 'text',
      settings: 'object',
      searchPath: 'list',
      columns: 'list',
      attributes: 'object',
      autoRefresh: 'flag',
      dependsOn: 'list',
      stream: 'object?',
      contents: 'object',
      unrefreshable: 'number?',
      columnComments: 'object?',
      createdMillis: 'number',
      comment: 'text?',
    },
    describe: describeMaterializedView,
  },
};

/** The kind's record of an entry. */
export function kindOf<E extends CatalogEntry>(entry: E): ObjectKind<E> {
  // The table pairs each kind with the entry of its own, which TypeScript cannot follow through the lookup.
  return objectKinds[entry.kind] as unknown as ObjectKind<E>;
}

/** What a relation is called in messages. */
export function relationWord(kind: RelationEntry['kind']): string {
  return objectKinds[kind].word;
}
