import pyodbc

import corpus


def connection(port, options, **more):
    target = f"Driver={{PostgreSQL Unicode}};Server=localhost;Port={port};Database=dev;Uid=awsuser;Pwd=any;"
    return pyodbc.connect(target + options, **more)


class PsqlODBC(corpus.Client):
    """psqlODBC as python3-pyodbc drives it. UseDeclareFetch reads by cursor; Protocol=7.4-0 and UseServerSidePrepare=0 do without savepoints."""

    Error = pyodbc.Error
    placeholder = "?"

    def connect(self, port, ca=None):
        tls = f"SSLmode=verify-full;pqopt={{sslrootcert={ca}}};" if ca else "SSLmode=disable;"
        self.connection = connection(port, f"UseDeclareFetch=1;Fetch=1000;Protocol=7.4-0;UseServerSidePrepare=0;BoolsAsChar=0;{tls}")

    def rows(self, text, values=()):
        self.cursor = self.connection.cursor()
        self.cursor.execute(text, *values)
        return self.cursor.fetchall() if self.cursor.description else []

    def stream(self, text):
        yield from self.connection.cursor().execute(text)

    def sqlstate(self, error):
        return error.args[0]

    def cancel(self):
        self.cursor.cancel()

    def encrypted(self):
        # ODBC does not tell; the corpus' TLS server speaks nothing else.
        return True

    def select(self):
        # ODBC has no times with a zone or with fractions of a second: they are read as text.
        return self.text("select").replace(" tz, t, tt,", " tz::varchar, t::varchar, tt::varchar,")

    def tables(self):
        return [row.table_name for row in self.connection.cursor().tables(table=corpus.table)]

    def columns(self):
        return [row.column_name for row in self.connection.cursor().columns(table=corpus.table)]

    def key(self):
        return [row.column_name for row in self.connection.cursor().primaryKeys(corpus.table)]


def by_its_defaults():
    """Without options, statements are prepared in the server: good where every statement stands alone."""
    cursor = connection(corpus.settings["port"], "", autocommit=True).cursor()
    cursor.execute("CREATE TABLE odbc_own (a integer, b varchar(10))")
    cursor.execute("INSERT INTO odbc_own VALUES (?, ?)", 1, "one")
    cursor.executemany("INSERT INTO odbc_own VALUES (?, ?)", [(2, None), (3, "three")])
    corpus.say("prepared", list(map(tuple, cursor.execute("SELECT * FROM odbc_own WHERE a > ? ORDER BY a", 1))))


for kind in ("timestamptz", "time", "timetz"):
    corpus.sent_as_text.add(kind)
corpus.run(PsqlODBC)
by_its_defaults()
