import type { WindowSpecification } from '../ast/expression.js';
import type { ExpressionItem } from '../ast/query.js';
import type { BoundColumn, BoundCommonTable, BoundRelation, ColumnReference, VisibleColumn } from './binding.js';

/** A select item that later items and clauses may name by its alias ("SELECT list": lateral aliases). */
export interface LateralAlias {
  readonly item: ExpressionItem;
  /** Place in the select list: an item sees only those before it. */
  readonly index: number;
}

/** How a name was found. */
export type Found =
  | { readonly kind: 'column'; readonly reference: ColumnReference; readonly scope: Scope }
  | { readonly kind: 'alias'; readonly item: ExpressionItem; readonly scope: Scope }
  /** May be a column of a relation whose columns are not known. */
  | { readonly kind: 'free' }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'none' };

/**
 * What names mean inside one SELECT (or other statement with a FROM). Scopes nest: a subquery sees the enclosing ones.
 */
export class Scope {
  readonly relations: BoundRelation[] = [];
  /** Columns an unqualified name may mean, in `*` order; a relation with unknown columns contributes none. */
  visible: VisibleColumn[] = [];
  readonly aliases = new Map<string, LateralAlias>();
  /** Columns that have a name but are not listed by `*`: LEVEL of CONNECT BY. */
  readonly pseudoColumns = new Map<string, VisibleColumn>();
  readonly commonTables = new Map<string, BoundCommonTable>();
  /** Windows of the WINDOW clause, by name. */
  readonly windows = new Map<string, WindowSpecification>();
  private neighbour: Scope | undefined;

  constructor(readonly parent: Scope | undefined) {}

  /** True when some relation's columns are not known, so that no unqualified name can be ruled out. */
  get open(): boolean {
    return this.relations.some((relation) => relation.columns === undefined);
  }

  add(relation: BoundRelation): void {
    this.relations.push(relation);
    for (const column of relation.columns ?? []) this.visible.push(visibleColumn(relation, column));
  }

  /** A scope of its own that sees what this one's surroundings see, and whose DuckDB aliases differ from this one's. */
  child(): Scope {
    const child = new Scope(this.parent);
    child.neighbour = this;
    return child;
  }

  commonTable(name: string): BoundCommonTable | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const table = scope.commonTables.get(name);
      if (table !== undefined) return table;
    }
    return undefined;
  }

  /**
   * The relation that goes by `name`, innermost scope first; `qualified` compares schema and database of relations
   * without alias.
   */
  relation(name: string, schema?: string, database?: string): { relation: BoundRelation; scope: Scope } | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      for (const relation of scope.relations) {
        if (relation.name !== name) continue;
        if (schema !== undefined && relation.schema !== schema) continue;
        if (database !== undefined && relation.database !== database) continue;
        return { relation, scope };
      }
    }
    return undefined;
  }

  /** What the unqualified `name` means. An item of the select list sees the aliases before `aliasLimit`. */
  unqualified(name: string, aliasLimit: number): Found {
    let free: Found | undefined;
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.own(name);
      if (found.kind === 'column' || found.kind === 'ambiguous') return found;
      const alias = scope.aliases.get(name);
      if (found.kind === 'free') free ??= found;
      else if (alias !== undefined && (scope !== this || alias.index < aliasLimit)) {
        return { kind: 'alias', item: alias.item, scope };
      }
    }
    return free ?? { kind: 'none' };
  }

  private own(name: string): Found {
    let match: VisibleColumn | undefined;
    for (const column of this.visible) {
      if (column.name !== name) continue;
      if (match !== undefined) return { kind: 'ambiguous' };
      match = column;
    }
    match ??= this.pseudoColumns.get(name);
    if (match !== undefined) return { kind: 'column', reference: match.reference, scope: this };
    return { kind: this.open ? 'free' : 'none' };
  }

  /** True when `alias` (a DuckDB name; DuckDB ignores case) is taken here or in an enclosing scope. */
  hasAlias(alias: string): boolean {
    const wanted = alias.toLowerCase();
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.relations.some((relation) => relation.alias.toLowerCase() === wanted)) return true;
    }
    return this.neighbour?.hasAlias(alias) ?? false;
  }

  /** `wanted`, or a variant that nothing visible is called. */
  freeAlias(wanted: string): string {
    let alias = wanted;
    for (let attempt = 2; this.hasAlias(alias); attempt++) alias = `${wanted}~${attempt}`;
    return alias;
  }
}

export function visibleColumn(relation: BoundRelation, column: BoundColumn): VisibleColumn {
  return {
    name: column.name,
    type: column.type,
    notNull: column.notNull,
    reference: { kind: 'column', relation, column },
  };
}

/** The column of `relation` called `name`, when its columns are known. */
export function columnOf(relation: BoundRelation, name: string): BoundColumn | undefined {
  return relation.columns?.find((column) => column.name === name);
}

export function referenceType(reference: ColumnReference) {
  return reference.kind === 'column' ? reference.column.type : reference.type;
}

/** The relations a reference reads. */
export function relationsOf(reference: ColumnReference): readonly BoundRelation[] {
  return reference.kind === 'column'
    ? [reference.relation]
    : [...relationsOf(reference.left), ...relationsOf(reference.right)];
}

/** DuckDB names for output columns: the labels, made unique (DuckDB ignores case). */
export function uniqueNames(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    let name = label;
    for (let attempt = 1; taken.has(name.toLowerCase()); attempt++) name = `${label}:${attempt}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
