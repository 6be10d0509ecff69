"""asyncpg: prints one line a step; the test compares them. Arguments: port, path of the CA certificate."""
import asyncio, ssl, sys
import asyncpg

port, ca = sys.argv[1:3]
target = dict(host="localhost", port=int(port), user="awsuser", password="any", database="dev")


async def main():
    c = await asyncpg.connect(ssl=False, **target)
    print("types", tuple(await c.fetchrow("SELECT true, 1::smallint, 2, 9000000000::bigint, 0.1::float8, 123.450::decimal(38,3), 'x'::varchar(3), NULL::int, date '2024-02-29', timestamp '2024-02-29 12:34:56.7'")))
    print("binary float", await c.fetchval("SELECT 0.1::float8 + 0.2::float8"))
    print("parameters", tuple(await c.fetchrow("SELECT $1::int + 1, $2::varchar, $3::int", 41, "o'clock", None)))
    await c.execute("CREATE TABLE c_asyncpg AS SELECT n FROM generate_series(1, 10000) AS g(n)")
    async with c.transaction():
        print("cursor", sum([row["n"] async for row in c.cursor("SELECT n FROM c_asyncpg ORDER BY n", prefetch=1000)]))
    transaction = c.transaction()
    await transaction.start()
    await c.execute("DELETE FROM c_asyncpg")
    await transaction.rollback()
    print("rollback", await c.fetchval("SELECT count(*) FROM c_asyncpg"))
    try:
        await c.fetch("SELECT nope FROM c_asyncpg")
    except asyncpg.PostgresError as error:
        print("error", error.sqlstate)
    try:
        await c.fetch("SELECT count(*) FROM generate_series(1, 100000) AS a(x), generate_series(1, 100000) AS b(y) WHERE x + y = -1", timeout=0.5)
    except asyncio.TimeoutError:
        print("cancel", "timeout")
    print("metadata", [tuple(row) for row in await c.fetch("SELECT table_name FROM information_schema.tables WHERE table_name = 'c_asyncpg'")])
    await c.close()
    context = ssl.create_default_context(cafile=ca)
    t = await asyncpg.connect(ssl=context, **target)
    print("tls", await t.fetchval("SELECT true"))
    await t.close()


asyncio.run(main())
