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
export function once(sql: string, use: (value: string) => string, name = 'duckshift_value'): string {
  if (isRepeatable(sql)) return use(sql);
  return `list_transform([${sql}], lambda ${name}: ${use(name)})[1]`;
}
