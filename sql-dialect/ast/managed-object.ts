import type { NodeBase } from './node.js';

/**
 * A statement about an object that lives in the managed service and that a laptop has no counterpart for: datashares,
 * models, security policies, identity providers, templates, and the like. `command` is its name in snake case
 * (`create_datashare`, `attach_rls_policy`).
 */
export interface ManagedObjectStatement extends NodeBase {
  readonly kind: 'managed_object';
  readonly command: string;
  readonly name: string | undefined;
  /** Clauses by keyword in lower case; nested lists of names as arrays. */
  readonly clauses: Readonly<Record<string, string | true | readonly string[]>>;
}
