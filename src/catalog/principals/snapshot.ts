import type { PrincipalEntry, PrincipalKind, PrincipalSnapshot } from './contract.js';

type EntryOf<K extends PrincipalKind> = PrincipalEntry & { readonly kind: K };

/** One change of the principals. */
export type PrincipalChange =
  | { readonly type: 'put'; readonly entry: PrincipalEntry }
  | { readonly type: 'remove'; readonly entry: PrincipalEntry };

/** What tells one principal from all others. */
export function principalKey(kind: PrincipalKind, name: string): string {
  return `${kind} ${name}`;
}

/** An immutable state of the principals; `apply` gives the next one. */
export class Principals implements PrincipalSnapshot {
  static readonly none = new Principals(new Map());

  private constructor(private readonly entries: ReadonlyMap<string, PrincipalEntry>) {}

  apply(changes: readonly PrincipalChange[]): Principals {
    if (changes.length === 0) return this;
    const entries = new Map(this.entries);
    for (const { type, entry } of changes) {
      const key = principalKey(entry.kind, entry.name);
      if (type === 'put') entries.set(key, entry);
      else entries.delete(key);
    }
    return new Principals(entries);
  }

  find<K extends PrincipalKind>(kind: K, name: string): EntryOf<K> | undefined {
    // The key holds the kind.
    return this.entries.get(principalKey(kind, name)) as EntryOf<K> | undefined;
  }

  all<K extends PrincipalKind>(kind: K): readonly EntryOf<K>[] {
    return [...this.entries.values()].filter((entry): entry is EntryOf<K> => entry.kind === kind);
  }
}
