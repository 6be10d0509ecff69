import type { Statement } from '../ast/statement.js';

type Kind = Statement['kind'];

/** Statements whose plan has another kind than their tree. */
const otherKinds: { readonly [K in Kind]?: (node: Extract<Statement, { readonly kind: K }>) => string } = {
  select_statement: () => 'select',
  alter_table_append: () => 'alter_table',
  create_external_view: ({ action }) => `${action}_external_view`,
  declare_cursor: () => 'declare',
  drop: ({ objectType }) => `drop_${objectType.replaceAll(' ', '_')}`,
  managed_object: ({ command }) => command,
  set_session_authorization: () => 'set',
  set_transaction: () => 'set',
  show_objects: ({ what }) => `show_${what.replaceAll(' ', '_')}`,
};

/** What the plan of a statement is called, also of one that has none because it is refused. */
export function planKind(node: Statement): string {
  // The record pairs each kind with a function of its own node, which TypeScript cannot follow through the lookup.
  const other = otherKinds[node.kind] as ((node: Statement) => string) | undefined;
  return other?.(node) ?? node.kind;
}
