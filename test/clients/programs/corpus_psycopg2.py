"""psycopg2: prints one line a step; the test compares them. Arguments: port, path of the CA certificate."""
import datetime, decimal, sys, threading, time
import psycopg2

port, ca = sys.argv[1:3]
target = dict(host="localhost", port=port, user="awsuser", password="any", dbname="dev")
c = psycopg2.connect(**target)
cur = c.cursor()
cur.execute("SELECT true, 1::smallint, 2, 9000000000::bigint, 0.1::float8, 123.450::decimal(38,3), 'x'::varchar(3), NULL::int, date '2024-02-29', timestamp '2024-02-29 12:34:56.7', timestamptz '2024-02-29 12:00:00+02', JSON_PARSE('{\"a\":1}'), to_varbyte('ff00','hex')")
print("types", cur.fetchone())
cur.execute("SELECT %s::int + 1, %s, %s", (41, "o'clock", None))
print("parameters", cur.fetchone())
cur.execute("CREATE TABLE c_psycopg2 AS SELECT n FROM generate_series(1, 10000) AS g(n)")
c.commit()
named = c.cursor("many")
named.itersize = 1000
named.execute("SELECT n FROM c_psycopg2 ORDER BY n")
print("cursor", sum(row[0] for row in named))
named.close()
c.commit()
cur.execute("DELETE FROM c_psycopg2")
c.rollback()
cur.execute("SELECT count(*) FROM c_psycopg2")
print("rollback", cur.fetchone()[0])
try:
    cur.execute("SELECT nope FROM c_psycopg2")
except psycopg2.Error as error:
    print("error", error.pgcode)
try:
    cur.execute("SELECT 1")
except psycopg2.Error as error:
    print("failed transaction", error.pgcode)
c.rollback()
timer = threading.Timer(0.5, c.cancel)
timer.start()
try:
    cur.execute("SELECT count(*) FROM generate_series(1, 100000) AS a(x), generate_series(1, 100000) AS b(y) WHERE x + y = -1")
except psycopg2.Error as error:
    print("cancel", error.pgcode)
timer.cancel()
c.rollback()
cur.execute("SELECT table_name FROM information_schema.tables WHERE table_name = 'c_psycopg2'")
print("metadata", cur.fetchall())
t = psycopg2.connect(sslmode="verify-full", sslrootcert=ca, **target)
print("tls", t.info.ssl_in_use)
