import { describe, expect, it } from 'vitest';
import { useSession } from './calls.js';

// Column labels as the printed examples of the AWS developer guide show them.
describe('labels of calls', () => {
  const session = useSession();
  it.each([
    ["dateadd(day, 1, '2008-01-01')", 'date_add'],
    ["datediff(day, '2008-01-01', '2008-01-01')", 'date_diff'],
    ["date_part(day, timestamp '2008-01-01')", 'pgdate_part'],
    ["extract(day from timestamp '2008-01-01')", 'date_part'],
    ['getdate()', 'timestamp'],
    ["nvl(null, 'a')", 'coalesce'],
    ["coalesce(null, 'a')", 'coalesce'],
    ["decode(1, 1, 'a')", 'case'],
    ["btrim('a')", 'btrim'],
    ["position('a' in 'b')", 'position'],
    ['user', 'current_user'],
    ['current_user_id', 'current_user_id'],
    ["strtol('1', 10)", 'strtol'],
    ["json_parse('1')", 'json_parse'],
    ['count(*)', 'count'],
    ['avg(1)', 'avg'],
    ['median(1)', 'median'],
    ["listagg('a')", 'listagg'],
    ['percentile_cont(0.5) within group (order by 1.0)', 'percentile_cont'],
    ['ceiling(1.5)', 'ceiling'],
  ])('%s', async (expression, label) => {
    expect((await session.run(`SELECT ${expression}`)).labels).toEqual([label]);
  });
});
