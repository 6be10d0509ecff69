/**
 * Which words may name what. The classes are PostgreSQL's (Appendix C, "SQL Key Words"), the members what Redshift's
 * "Reserved words" page and PostgreSQL agree on plus Redshift's own MINUS, PIVOT, UNPIVOT and SYSDATE. The page's
 * storage words (LZO, TAG, OID …) and ARRAY are used as names in AWS's own examples and are not listed.
 */
function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}

/** Never a name without quotes, except after AS and after a dot. */
export const reservedWords = words(`
  all analyse analyze and any as asc both case cast check collate column constraint create current_date current_time
  current_timestamp current_user current_user_id default deferrable desc distinct do else end except false for foreign from grant
  group having in initially intersect into leading limit localtime localtimestamp minus not null offset on only or order pivot placing
  primary references select session_user some sysdate table then to trailing true union unique unpivot user using when where with
`);

/** May name a function or type, but not a table or column. */
export const functionOnlyWords = words(`
  authorization binary cross freeze full ilike inner is isnull join left like natural notnull outer overlaps right similar verbose
`);

/** May name a table or column, but not a function: a parenthesis after them has another meaning, or none. */
export const notFunctionWords = words(`
  between bigint bit boolean char character dec decimal float inout int integer interval national nchar none numeric out precision real
  setof smallint time timestamp values varchar
`);

/** May name a table or column, but not a type. */
export const notTypeWords = words(`
  between coalesce exists extract greatest grouping inout least none nullif out overlay position precision row setof substring treat trim
  values
`);

/** Functions without parentheses. */
export const niladicFunctions = words(`
  current_date current_time current_timestamp current_user current_user_id localtime localtimestamp session_user sysdate user
`);

/**
 * Cannot be an alias without AS: they continue the select list, the expression, the query, a type or an interval
 * (PostgreSQL).
 */
export const notBareColumnAlias = words(`
  over filter within ignore respect escape qualify char character day hour minute month precision second varying without year
`);

/** Cannot be a table alias without AS: they begin the next clause. */
export const notBareTableAlias = words('qualify lateral set window');

/** Start of a query where a parenthesised expression would be possible too. */
export const queryStart = words('select with values');

/** Continue a query whose first operand was read as a parenthesised subquery. */
export const queryContinuation = words('union intersect except minus order limit offset');

export const setOperators = words('union intersect except minus');
