import { tokenize } from '../lexer/lexer.js';
import { textTable } from './text-table.js';

/**
 * The tokens of `source`, one a line: offsets, kind, source text (as JSON, so that white space shows) and, where it
 * differs, what the token says.
 *
 * @throws SqlError 42601 as `tokenize` does.
 */
export function showTokens(source: string): string {
  const rows = tokenize(source).map(({ kind, start, end, text }) => {
    const written = source.slice(start, end);
    return [
      `${start}-${end}`,
      kind,
      JSON.stringify(written),
      text === '' || text === written ? '' : `says ${JSON.stringify(text)}`,
    ];
  });
  return textTable(rows);
}
