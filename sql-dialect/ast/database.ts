import type { Identifier, NodeBase } from './node.js';

/** CREATE DATABASE in all its forms (local, from a datashare, from an integration, from a Data Catalog ARN). */
export interface CreateDatabase extends NodeBase {
  readonly kind: 'create_database';
  readonly name: Identifier;
  /** Clauses by their keyword in lower case: `owner`, `connection limit`, `from datashare` … */
  readonly options: Readonly<Record<string, string>>;
}
export interface AlterDatabase extends NodeBase {
  readonly kind: 'alter_database';
  readonly name: Identifier;
  readonly options: Readonly<Record<string, string>>;
}
