import type { CatalogEntry, CatalogSnapshot, ExternalSchemaEntry, RelationEntry, SchemaEntry } from './contract.js';
import { objectKinds } from './objects/kinds.js';

/** One change of a catalog. */
export type CatalogChange =
  | { readonly type: 'put'; readonly entry: CatalogEntry }
  | { readonly type: 'remove'; readonly entry: CatalogEntry };

type AnySchema = SchemaEntry | ExternalSchemaEntry;

export function isSchema(entry: CatalogEntry): entry is AnySchema {
  return objectKinds[entry.kind].level === 'schema';
}

const key = (schema: string, name: string): string => `${schema}\u0000${name}`;

/** An immutable state of one database's catalog; `apply` gives the next one. */
export class Snapshot implements CatalogSnapshot {
  #dependents: ReadonlyMap<number, readonly RelationEntry[]> | undefined;

  private constructor(
    readonly database: string,
    private readonly schemasByName: ReadonlyMap<string, AnySchema>,
    private readonly relationsByName: ReadonlyMap<string, RelationEntry>,
    private readonly entriesByOid: ReadonlyMap<number, CatalogEntry>,
  ) {}

  static of(database: string, entries: Iterable<CatalogEntry>): Snapshot {
    const changes: CatalogChange[] = [];
    for (const entry of entries) changes.push({ type: 'put', entry });
    return new Snapshot(database, new Map(), new Map(), new Map()).apply(changes);
  }

  /** The state after `changes`, in order. A put replaces the entry of the same oid, whatever its name was. */
  apply(changes: readonly CatalogChange[]): Snapshot {
    if (changes.length === 0) return this;
    const schemas = new Map(this.schemasByName);
    const relations = new Map(this.relationsByName);
    const entries = new Map(this.entriesByOid);
    const forget = (oid: number): void => {
      const entry = entries.get(oid);
      if (entry === undefined) return;
      entries.delete(oid);
      if (isSchema(entry)) schemas.delete(entry.name);
      else relations.delete(key(entry.schema, entry.name));
    };
    for (const { type, entry } of changes) {
      forget(entry.oid);
      if (type === 'remove') continue;
      entries.set(entry.oid, entry);
      if (isSchema(entry)) schemas.set(entry.name, entry);
      else relations.set(key(entry.schema, entry.name), entry);
    }
    return new Snapshot(this.database, schemas, relations, entries);
  }

  schema(name: string): AnySchema | undefined {
    return this.schemasByName.get(name);
  }
  relation(schema: string, name: string): RelationEntry | undefined {
    return this.relationsByName.get(key(schema, name));
  }
  byOid(oid: number): CatalogEntry | undefined {
    return this.entriesByOid.get(oid);
  }
  schemas(): readonly AnySchema[] {
    return [...this.schemasByName.values()];
  }
  relations(): readonly RelationEntry[] {
    return [...this.relationsByName.values()];
  }
  dependents(oid: number): readonly RelationEntry[] {
    this.#dependents ??= dependentsOf(this.relationsByName.values());
    return this.#dependents.get(oid) ?? [];
  }
}

function dependentsOf(relations: Iterable<RelationEntry>): Map<number, RelationEntry[]> {
  const dependents = new Map<number, RelationEntry[]>();
  for (const relation of relations) {
    if (relation.kind === 'table') continue;
    for (const oid of new Set(relation.dependsOn)) {
      const list = dependents.get(oid);
      if (list === undefined) dependents.set(oid, [relation]);
      else list.push(relation);
    }
  }
  return dependents;
}
