/**
 * Column encodings ("Compression encodings") in the order of the numbers that pg_attribute.attencodingtype has here;
 * Redshift does not document its own.
 */
const encodings = [
  'none',
  'bytedict',
  'delta',
  'delta32k',
  'lzo',
  'mostly8',
  'mostly16',
  'mostly32',
  'runlength',
  'text255',
  'text32k',
  'zstd',
  'az64',
] as const;

const list = `[${encodings.map((encoding) => `'${encoding}'`).join(', ')}]`;

/** DuckDB text: the number of an encoding's name. */
export function encodingNumber(name: string): string {
  return `coalesce(list_position(${list}, ${name}) - 1, 0)`;
}

/** DuckDB text: the name of an encoding's number (`format_encoding`). */
export function encodingName(number: string): string {
  return `${list}[${number} + 1]`;
}
