import psycopg2

import corpus


class Psycopg2(corpus.Client):
    Error = psycopg2.Error

    def connect(self, port, ca=None):
        tls = dict(sslmode="verify-full", sslrootcert=ca) if ca else {}
        self.connection = psycopg2.connect(host="localhost", port=port, user="awsuser", password="any", dbname="dev", **tls)

    def rows(self, text, values=()):
        cursor = self.connection.cursor()
        cursor.execute(text, values or None)
        return cursor.fetchall() if cursor.description else []

    def stream(self, text):
        named = self.connection.cursor("many")
        named.itersize = 1000
        named.execute(text)
        yield from named
        named.close()

    def sqlstate(self, error):
        return error.pgcode

    def cancel(self):
        self.connection.cancel()

    def encrypted(self):
        return self.connection.info.ssl_in_use


corpus.run(Psycopg2)
