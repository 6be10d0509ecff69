/** The name of a value inside a lambda. */
const name = 'duckshift_value';
const literal = /'(?:[^']|'')*'/g;
const selects = /\bSELECT\b/i;

/** DuckDB allows no subquery inside a lambda; SELECT in a literal may be a privilege's name. */
function holdsSubquery(body: string): boolean {
  return selects.test(body) && selects.test(body.replace(literal, "''"));
}

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
  if (holdsSubquery(body)) return use(sql);
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

/**
 * The name of the arguments of a call inside a lambda: another than `name`, so that `use` may hold lambdas of its own.
 */
const argumentsName = 'duckshift_arguments';

/**
 * The same for the arguments of a call, each `undefined` where it is to stay as it is: `use` gets for every argument
 * its own text or a name for its value. An argument that `use` writes once, or that may be repeated, stays in its
 * place.
 */
export function evaluateEachOnce(
  texts: readonly (string | undefined)[],
  use: (values: readonly (string | undefined)[]) => string,
): string {
  if (texts.every((text) => text === undefined || isRepeatable(text))) return use(texts);
  const names = texts.map((text, i) => (text === undefined ? undefined : `${argumentsName}.a${i + 1}`));
  const body = use(names);
  const uses = names.map((value) => (value === undefined ? 0 : occurrences(body, value)));
  const repeats = texts.some((text, i) => text !== undefined && !isRepeatable(text) && (uses[i] ?? 0) > 1);
  if (!repeats || holdsSubquery(body)) return use(texts);
  const fields = texts.flatMap((text, i) => (text !== undefined && uses[i] ? [`'a${i + 1}': ${text}`] : []));
  return `list_transform([{${fields.join(', ')}}], lambda ${argumentsName}: ${body})[1]`;
}

function occurrences(text: string, value: string): number {
  return [...text.matchAll(new RegExp(`\\b${value.replace('.', '\\.')}\\b`, 'g'))].length;
}
