import type { StoredPassword } from '../../passwords/stored-password.js';

/** What CREATE USER and ALTER USER keep ("CREATE USER"). */
export interface UserAttributes {
  /** null: PASSWORD DISABLE; undefined: none was ever set. */
  readonly password?: StoredPassword | null | undefined;
  readonly createDatabase: boolean;
  readonly superuser: boolean;
  /** -1: unlimited. */
  readonly connectionLimit: number;
  /** As written; `infinity` for no end. */
  readonly validUntil?: string | undefined;
  readonly syslogAccess: 'RESTRICTED' | 'UNRESTRICTED';
}

/** A user of the server. */
export interface UserEntry {
  readonly kind: 'user';
  readonly id: number;
  readonly name: string;
  /** What CREATE USER and ALTER USER said; undefined for a user that only connected. */
  readonly attributes: UserAttributes | undefined;
}

/**
 * Whatever privileges can belong to. Entries are immutable; they belong to the whole server, whatever the database of
 * the session that makes them.
 */
export type PrincipalEntry = UserEntry;
export type PrincipalKind = PrincipalEntry['kind'];

export interface PrincipalName {
  readonly kind: PrincipalKind;
  readonly name: string;
}

/** The principals at one moment. Immutable. */
export interface PrincipalSnapshot {
  find<K extends PrincipalKind>(kind: K, name: string): (PrincipalEntry & { readonly kind: K }) | undefined;
  all<K extends PrincipalKind>(kind: K): readonly (PrincipalEntry & { readonly kind: K })[];
}

/** Changes of principals in one transaction: visible to it at once, to others after `publish`. */
export interface PrincipalTransaction {
  readonly snapshot: PrincipalSnapshot;
  /** An id that no principal of the kind has. */
  nextId(kind: PrincipalKind): number;
  /**
   * Reserve names against other transactions until this one ends, waiting for those that hold them; what they committed
   * is seen then. `put` and `remove` need the name reserved.
   *
   * @throws DuckshiftError 40P01 for a deadlock, 57014 when `signal` fires while waiting
   */
  claim(names: readonly PrincipalName[], signal?: AbortSignal): Promise<void>;
  put(entry: PrincipalEntry): Promise<void>;
  remove(entry: PrincipalEntry): Promise<void>;
  /** After the engine's COMMIT succeeded. */
  publish(): void;
  /** After ROLLBACK. */
  discard(): void;
}
