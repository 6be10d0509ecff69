import { SqlError } from '../../../sql-dialect/errors.js';
import { significantTokens } from '../../../sql-dialect/lexer/lexer.js';
import { invalid } from '../aws/errors.js';
import type { SqlParameter } from './statement.js';

/**
 * Every `:name` of the statements needs a value, and every value a `:name` in one of them ("Running SQL statements with
 * parameters when calling the Amazon Redshift Data API"). Values are not looked at.
 *
 * @throws AwsError ValidationException
 */
export function checkParameters(sqls: readonly string[], parameters: readonly SqlParameter[]): void {
  const given = new Set<string>();
  for (const { name } of parameters) {
    if (given.has(name))
      throw invalid(`Parameters list contains duplicate parameters. Duplicate parameters: [${name}]`);
    given.add(name);
  }
  const names = sqls.map(parameterNames);
  const mentioned = new Set(names.flatMap((known) => known ?? []));
  const missing = [...mentioned].filter((name) => !given.has(name));
  if (missing.length > 0)
    throw invalid(`SQL contains parameters without values. Parameters without values: [${missing.join(', ')}]`);
  if (names.includes(undefined)) return;
  const unused = [...given].filter((name) => !mentioned.has(name));
  if (unused.length > 0)
    throw invalid(`Parameters list contains unused parameters. Unused parameters: [${unused.join(', ')}]`);
}

/** The names in a text; undefined for one that cannot be read: running it will say why. */
function parameterNames(sql: string): string[] | undefined {
  try {
    const tokens = significantTokens(sql, { namedParameters: true });
    return tokens.filter(({ kind, start }) => kind === 'parameter' && sql[start] === ':').map(({ text }) => text);
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}
