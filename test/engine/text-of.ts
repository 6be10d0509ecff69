import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import type { TextResult } from '../../src/engine/index.js';

export function output(...types: readonly (RedshiftType | RedshiftType['id'])[]): OutputColumn[] {
  return types.map((type, index) => ({ label: `c${index}`, type: typeof type === 'string' ? { id: type } : type }));
}

/** All rows of a result as strings; each chunk read is given back where `givingBack`. */
export async function textRows(result: TextResult, givingBack = false): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for (
    let chunk = await result.next();
    chunk !== undefined;
    chunk = await result.next(givingBack ? chunk : undefined)
  ) {
    for (let row = 0; row < chunk.rowCount; row++) {
      rows.push(
        chunk.columns.map(({ data, starts, ends, nulls }) =>
          nulls?.[row] === 1 ? null : data.toString('utf8', starts[row], ends[row]),
        ),
      );
    }
  }
  return rows;
}
