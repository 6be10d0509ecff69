/**
 * The base of every syntax node. `start` and `end` are UTF-16 offsets into the text that was parsed; a node begins and
 * ends on significant tokens (never on white space or a comment).
 */
export interface NodeBase {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** A name as written. `value` keeps the written case; folding is the binder's job. */
export interface Identifier extends NodeBase {
  readonly kind: 'identifier';
  readonly value: string;
  readonly quoted: boolean;
}

/** True for a value that is a syntax node. */
export function isNode(value: unknown): value is NodeBase {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { kind?: unknown }).kind === 'string' &&
    typeof (value as { start?: unknown }).start === 'number'
  );
}

/** The nodes directly below `node`, in source order. Children never overlap. */
export function childrenOf(node: NodeBase): NodeBase[] {
  const children: NodeBase[] = [];
  for (const key in node) {
    const value: unknown = node[key as keyof NodeBase];
    if (typeof value === 'object') collect(value, children);
  }
  for (let i = 1; i < children.length; i++) {
    const [before, after] = [children[i - 1], children[i]];
    if (before !== undefined && after !== undefined && before.start > after.start) {
      return children.sort((a, b) => a.start - b.start);
    }
  }
  return children;
}

function collect(value: unknown, into: NodeBase[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (isNode(value)) into.push(value);
}
