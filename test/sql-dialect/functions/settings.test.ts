import { describe, expect, it } from 'vitest';
import { sessionVariables } from '../../../sql-dialect/duckdb/session-variables.js';
import { describeCalls, useSession } from './calls.js';

describeCalls(
  'parse_super_null_on_error',
  [
    ['json_parse(\'{"a":1,}\')', null],
    ['json_parse(\'{"a":1,"a":2}\')', null],
    ['json_parse(\'{"a": 1}\')', '{"a":1}'],
  ],
  { settings: { parseSuperNullOnError: true } },
);

describeCalls(
  'json_parse_dedup_attributes',
  [
    ['json_parse(\'{"a":1,"b":3,"a":2}\')', '{"a":2,"b":3}'],
    ['can_json_parse(\'{"a":1,"a":2}\')', 't'],
    ['can_json_parse(\'{"a":1\')', 'f'],
  ],
  { settings: { jsonParseDedupAttributes: true } },
);

describe('session variables', () => {
  const session = useSession({
    prepare: [
      "SET VARIABLE duckshift_user = 'alice'",
      "SET VARIABLE duckshift_database = 'sales'",
      "SET VARIABLE duckshift_search_path = ['etl', 'public']",
      'SET VARIABLE duckshift_pid = 4711',
      'SET VARIABLE duckshift_last_query_id = 99',
      "SET VARIABLE duckshift_settings = MAP {'query_group': 'unset', 'search_path': '$user, public'}",
      'SET VARIABLE duckshift_clock_offset = -3600000000',
      "SET TimeZone = 'America/New_York'",
    ],
  });

  it.each([
    ['current_user', 'alice'],
    ['current_database()', 'sales'],
    ['current_schema()', 'etl'],
    ['current_schemas(false)', '{etl,public}'],
    ['current_schemas(true)', '{pg_catalog,etl,public}'],
    ['pg_backend_pid()', '4711'],
    ['pg_last_query_id()', '99'],
    ["current_setting('query_group')", 'unset'],
    ["current_setting('SEARCH_PATH')", '$user, public'],
  ])('%s', async (expression, expected) => {
    expect((await session.run(`SELECT ${expression}`)).rows).toEqual([[expected]]);
  });

  it('the clock is moved, and the time is that of the session zone', async () => {
    const { rows } = await session.run("SELECT convert_timezone('America/New_York', 'UTC', sysdate)");
    const shown = Date.parse(`${rows[0]?.[0]?.replace(' ', 'T')}Z`);
    expect(Math.abs(Date.now() - 3_600_000 - shown)).toBeLessThan(60_000);
  });

  it('have names of their own', () => {
    const names = Object.values(sessionVariables).map((variable) => variable.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^duckshift_[a-z_]+$/);
  });
});
