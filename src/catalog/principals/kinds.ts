import type { PrincipalEntry, PrincipalKind } from './contract.js';
import { decodeUserAttributes } from './users.js';

type EntryOf<K extends PrincipalKind> = PrincipalEntry & { readonly kind: K };

/** What is known of a kind of principal. */
export interface PrincipalKindRecord<Entry extends PrincipalEntry> {
  /** Ids below are the system's own. */
  readonly firstId: number;
  /** What is stored of an entry beside its name and id; null for nothing. */
  readonly encode: (entry: Entry) => unknown;
  readonly decode: (id: number, name: string, stored: unknown) => Entry;
}

/** Every kind of principal. */
export const principalKinds: { readonly [K in PrincipalKind]: PrincipalKindRecord<EntryOf<K>> } = {
  user: {
    // Redshift's first ordinary user has id 100; 1 is the system's own `rdsdb`.
    firstId: 100,
    encode: ({ attributes }) => attributes ?? null,
    decode: (id, name, stored) => ({ kind: 'user', id, name, attributes: decodeUserAttributes(stored) }),
  },
};

/** The record of an entry's kind. */
export function recordOf<E extends PrincipalEntry>(entry: E): PrincipalKindRecord<E> {
  // The table pairs each kind with the entry of its own, which TypeScript cannot follow through the lookup.
  return principalKinds[entry.kind] as unknown as PrincipalKindRecord<E>;
}

export function isPrincipalKind(kind: string): kind is PrincipalKind {
  return Object.hasOwn(principalKinds, kind);
}
