import psycopg

import corpus


class Psycopg(corpus.Client):
    Error = psycopg.Error

    def connect(self, port, ca=None):
        tls = dict(sslmode="verify-full", sslrootcert=ca) if ca else {}
        self.connection = psycopg.connect(host="localhost", port=port, user="awsuser", password="any", dbname="dev", **tls)

    def rows(self, text, values=()):
        cursor = self.connection.execute(text, values or None)
        return cursor.fetchall() if cursor.description else []

    def stream(self, text):
        with self.connection.cursor("many") as named:
            named.itersize = 1000
            yield from named.execute(text)

    def sqlstate(self, error):
        return error.sqlstate

    def cancel(self):
        self.connection.cancel()

    def encrypted(self):
        return self.connection.pgconn.ssl_in_use


corpus.run(Psycopg)
