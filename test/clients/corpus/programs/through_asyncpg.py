import asyncio
import ssl
import threading

import asyncpg

import corpus

loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()


def wait(coroutine):
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


class Asyncpg(corpus.Client):
    """A transaction is opened explicitly. What it cancels itself it reports as a timeout, without the server's code: the corpus cancels by pg_cancel_backend."""

    Error = asyncpg.PostgresError
    transaction = None

    def connect(self, port, ca=None):
        tls = ssl.create_default_context(cafile=ca) if ca else False
        target = dict(host="localhost", port=int(port), user="awsuser", password="any", database="dev", ssl=tls)

        async def connect():
            return await asyncpg.connect(**target)

        self.connection = wait(connect())
        self.pid = self.connection.get_server_pid()

    def rows(self, text, values=()):
        return wait(self.connection.fetch(text, *values))

    def stream(self, text):
        async def read():
            return [row async for row in self.connection.cursor(text, prefetch=1000)]

        return wait(read())

    def sqlstate(self, error):
        return error.sqlstate

    def cancel(self):
        other = Asyncpg()
        other.connect(corpus.settings["port"])
        other.value("cancel", self.pid)
        other.close()

    def begin(self):
        self.transaction = self.connection.transaction()
        wait(self.transaction.start())

    def commit(self):
        if self.transaction:
            wait(self.transaction.commit())
        self.transaction = None

    def rollback(self):
        if self.transaction:
            wait(self.transaction.rollback())
        self.transaction = None

    def encrypted(self):
        return self.connection._transport.get_extra_info("ssl_object") is not None

    def close(self):
        wait(self.connection.close())

    def select(self):
        # asyncpg reads no type that it does not know: it asks for it with array_agg, which Redshift does not have.
        return self.text("select").replace(" s,", " CASE WHEN s IS NOT NULL THEN JSON_SERIALIZE(s) END,").replace(" vb ", " FROM_VARBYTE(vb, 'hex') ")

    def text(self, name):
        pieces = corpus.sql[name].split("?")
        return pieces[0] + "".join(f"${n}{piece}" for n, piece in enumerate(pieces[1:], 1))


def own():
    """Floats come in binary, with all their digits; a timeout cancels what runs."""
    client = Asyncpg()
    client.connect(corpus.settings["port"])
    corpus.say("binary float", client.rows("SELECT 0.1::float8 + 0.2::float8")[0][0])
    try:
        wait(client.connection.fetch(corpus.sql["endless"], timeout=0.2))
    except asyncio.TimeoutError:
        corpus.say("timeout", client.value("one"))
    client.close()


corpus.run(Asyncpg)
own()
