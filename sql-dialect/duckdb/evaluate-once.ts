/** The name of a value inside a lambda. */
const name = 'duckshift_value';
const subquery = /\bSELECT\b/i;

/** Longest text that is written more than once. */
const longest = 240;
const volatile = /\b(?:random|uuid|gen_random_uuid|nextval|setseed)\s*\(/;

/** True for text that may be evaluated more than once without harm: short, and the same each time. */
export function isRepeatable(sql: string): boolean {
  return sql.length <= longest && !volatile.test(sql);
}

/**
 * An expression that names the value of `sql` several times but evaluates it once: `use` gets a name for it.
 */
export function evaluateOnce(sql: string, use: (value: string) => string): string {
  if (isRepeatable(sql)) return use(sql);
  const body = use(name);
  // DuckDB allows no subquery inside a lambda.
  if (subquery.test(body)) return use(sql);
  return `list_transform([${sql}], lambda ${name}: ${body})[1]`;
}

/** The same for two expressions at once. */
export function evaluateBothOnce(
  first: string,
  second: string,
  use: (first: string, second: string) => string,
): string {
  if (isRepeatable(first) && isRepeatable(second)) return use(first, second);
  return `list_transform([{'first': ${first}, 'second': ${second}}], lambda ${name}: ${use(`${name}.first`, `${name}.second`)})[1]`;
}
