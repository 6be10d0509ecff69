import { isNode, type NodeBase } from '../ast/node.js';

/** Nodes that are described field by field; of every other node (expressions, queries, types) the text is given. */
const described: ReadonlySet<string> = new Set([
  'privilege',
  'grant_object',
  'grantee',
  'routine_parameter',
  'routine_signature',
  'external_column',
]);

/** Nodes that nothing printed may show. */
const secret: ReadonlySet<string> = new Set(['user_password']);

/**
 * What a statement says, as plain data: its fields without spans, names as text, expressions and queries as their
 * source.
 */
export function describeNode(node: NodeBase, source: string): Record<string, unknown> {
  const details: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(node)) {
    if (field === 'kind' || field === 'start' || field === 'end' || value === undefined) continue;
    details[field] = describe(value, source);
  }
  return details;
}

function describe(value: unknown, source: string): unknown {
  if (Array.isArray(value)) {
    const shown = value.filter((item) => !isNode(item) || !secret.has(item.kind));
    return shown.map((item) => describe(item, source));
  }
  if (!isNode(value)) return value;
  if (described.has(value.kind)) return describeNode(value, source);
  if ('value' in value && value.kind === 'identifier') return value.value;
  return source.slice(value.start, value.end);
}
