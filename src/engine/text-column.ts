import type { TextColumn } from './contract.js';

/** A column of values that are there one by one. */
export function textColumnOf(values: readonly (string | null)[]): TextColumn {
  const parts = values.map((value) => Buffer.from(value ?? '', 'utf8'));
  const offsets = new Int32Array(values.length + 1);
  parts.forEach((part, row) => {
    offsets[row + 1] = (offsets[row] ?? 0) + part.length;
  });
  const nulls = values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 1 : 0)) : undefined;
  return { data: Buffer.concat(parts), starts: offsets.subarray(0, -1), ends: offsets.subarray(1), nulls };
}
