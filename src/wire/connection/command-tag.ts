/**
 * Tags of row-returning statements that carry the number of rows; SHOW and EXPLAIN do not (PostgreSQL:
 * "CommandComplete").
 */
const countedTags = new Set(['SELECT', 'FETCH', 'MOVE']);

/** The CommandComplete tag of a statement that sent `rows` rows. */
export function rowsTag(tag: string, rows: number): string {
  return countedTags.has(tag) ? `${tag} ${rows}` : tag;
}
