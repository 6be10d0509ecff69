/** A tree without offsets. Texts that nodes took from the source lose their white space and comments. */
export function withoutSpans(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\/\*.*?\*\/|--[^\n]*\n|\*\//gs, '').replace(/\s+/g, '');
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => field !== 'start' && field !== 'end')
      .map(([field, inner]) => [field, withoutSpans(inner)]),
  );
}
