-- Literals
SELECT 1, 1.5, .5, 2., 1e10, 1.5E-3, -7, +3, - -1;
SELECT 'it''s', 'tab\tnew\nquote\'', E'\x41\u0042', N'wide', '', $$dollar 'quoted'$$, $q$a $$ b$q$;
SELECT 'first'
  ' second' /* a comment */
  -- and another
  ' third';
SELECT true, FALSE, NULL, X'1F', B'101';
SELECT DATE '2024-02-29', TIMESTAMP '2024-01-01 00:00:00', TIME '12:00', TIMETZ '12:00+01', int4 '5', numeric(8,2) '1.5', varchar(10) 'abc';
SELECT timestamp with time zone '2024-01-01 00:00+01', timestamp without time zone '2024-01-01', time (3) '10:00', double precision '1.5', character varying(5) 'abc', "char" 'a';
SELECT TIMESTAMP 'epoch' + n * INTERVAL '1 second' FROM t;
SELECT INTERVAL '1 day', INTERVAL '1' YEAR, INTERVAL '3-2' YEAR TO MONTH, INTERVAL '1 02:03:04.5' DAY TO SECOND (3), INTERVAL '5' MINUTE TO SECOND, interval (3) '1 second';
SELECT $1, $23 + 1, $1::int;
-- Operators
SELECT a + b - c * d / e % f ^ g || h, a & b | c # d << 2 >> 1, ~a, |/ 25, ||/ 27, @ -5;
SELECT a = b OR c <> d AND NOT e != f, NOT NOT a, a < b, a <= b, a > b, a >= b;
SELECT a ~ '^x', a !~ 'x', a ~* 'x', a !~* 'x', a ~~ 'x%', a !~~* 'x%', a OPERATOR(pg_catalog.~) 'x';
SELECT a LIKE 'x%', a NOT LIKE 'x' ESCAPE '\\', a ILIKE 'x', a NOT ILIKE b || '%', a SIMILAR TO '(a|b)%', a NOT SIMILAR TO 'x' ESCAPE '#', a LIKE ANY ('{x,y}');
SELECT a BETWEEN 1 AND 2 AND b, a NOT BETWEEN SYMMETRIC b + 1 AND c - 1 OR d;
SELECT a IN (1, 2, 3), a NOT IN ('x'), (a, b) IN ((1, 2), (3, 4));
SELECT a IS NULL, a IS NOT NULL, a ISNULL, a NOTNULL, a IS TRUE, a IS NOT FALSE, a IS UNKNOWN, a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b + 1;
SELECT a IS NULL = b IS NULL, (a, b) OVERLAPS (c, d), a COLLATE "en_US", a AT TIME ZONE 'UTC' AT TIME ZONE 'CET';
SELECT 5#3, a-1, a--comment
 -1, a*-1, a/*c*/+b, 2-(-3);
-- Case, cast
SELECT CASE WHEN a THEN b END, CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END, CASE WHEN x BETWEEN 1 AND 2 THEN y END + 1;
SELECT CAST(a AS int), a::varchar(10)::super, TRY_CAST(a AS decimal(8,2)), CONVERT(date, a), CONVERT(varchar(max), a), CAST(a AS double precision), a::timestamp with time zone, a::character varying, a::pg_catalog.int4, a::text[], a::interval day to second, CAST('1' AS interval year to month);
SELECT CAST(a AS varbyte(10)), a::national character varying(5), a::bit varying, a::time(3) without time zone, a::float(24), a::binary varying(3);
-- Functions
SELECT f(), f(1, 'x'), s.f(a), d.s.f(b), count(*), count(DISTINCT a), count(ALL a), sum(DISTINCT a + 1), left('abc', 2), right(a, 1), "Quoted"(1), replace(a, 'b', 'c'), count(t.*);
SELECT getdate(), sysdate, current_date, current_timestamp, current_timestamp(3), current_user, session_user, user, current_user_id, localtimestamp, current_time, pg_backend_pid();
SELECT dateadd(month, 1, d), datediff(day, a, b), date_part(dow, d), date_trunc('week', d), extract(epoch FROM d), EXTRACT('year' FROM d), extract(timezone_hour from d);
SELECT trim(a), trim(a, 'x'), trim('x' FROM a), TRIM(BOTH FROM a), trim(leading '0' from a), trim(trailing from a), btrim(a), position('x' in a || b), substring(a FROM 2 FOR 3), substring(a for 2), substring(a, 1, 2), substring(a from 3), overlay(a placing 'b' from 1 for 2);
SELECT coalesce(a, b), nvl(a, b), nvl2(a, b, c), nullif(a, b), greatest(a, b), least(1, 2), decode(a, 1, 'x', 'y'), isnull(a, b);
SELECT listagg(DISTINCT a, ',') WITHIN GROUP (ORDER BY b DESC, c), percentile_cont(0.5) within group (order by x) over (partition by y), median(x), approximate count(distinct a), APPROXIMATE percentile_disc(0.5) WITHIN GROUP (ORDER BY a), string_agg(a, ',' ORDER BY b);
SELECT first_value(a IGNORE NULLS) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), last_value(a) RESPECT NULLS OVER (ORDER BY c ROWS UNBOUNDED PRECEDING), lag(a, 1) IGNORE NULLS OVER w, count(*) FILTER (WHERE a > 1), sum(a) FILTER (WHERE b) OVER (ORDER BY c RANGE BETWEEN 1 PRECEDING AND 2 FOLLOWING), ratio_to_report(a) over (), ntile(4) over (order by a rows between 2 preceding and 1 preceding) FROM t WINDOW w AS (ORDER BY x), v AS (w PARTITION BY y);
SELECT collate(a, 'case_insensitive'), any_value(a), grouping(a), row(1, 2), array(1, 2), array[1, 2], array[[1], [2, 3]], array(select 1), (1, 2);
-- SUPER navigation
SELECT c.name.given, c.items[0].price, c.a['b'], c."Item"."Price", json_parse(x).a[0].b, (c.obj).x[1], c.a[i + 1], (SELECT 1).x, object('a', 1).a, c[0][1][2], $1.field;
SELECT json_parse('{"a":1}').a::int + 1, c.x::varchar = 'y', -c.x[0], c.x[0]::int::varchar;
