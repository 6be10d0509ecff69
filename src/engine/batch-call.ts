/** The DuckDB table function that hands out the batch with the given id. */
export const batchFunctionName = 'duckshift_batch';

/** DuckDB text for FROM that reads batch `id`. */
export function batchCall(id: number): string {
  return `${batchFunctionName}(${id})`;
}
