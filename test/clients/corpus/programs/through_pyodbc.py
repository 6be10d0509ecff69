import pyodbc

import corpus


class PsqlODBC(corpus.Client):
    """psqlODBC as python3-pyodbc drives it. UseDeclareFetch reads by cursor; Protocol=7.4-0 and UseServerSidePrepare=0 do without savepoints."""

    Error = pyodbc.Error
    placeholder = "?"

    def connect(self, port, ca=None):
        tls = f"SSLmode=verify-full;pqopt={{sslrootcert={ca}}};" if ca else "SSLmode=disable;"
        self.connection = pyodbc.connect(
            f"Driver={{PostgreSQL Unicode}};Server=localhost;Port={port};Database=dev;Uid=awsuser;Pwd=any;"
            f"UseDeclareFetch=1;Fetch=1000;Protocol=7.4-0;UseServerSidePrepare=0;BoolsAsChar=0;{tls}"
        )

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


for kind in ("timestamptz", "time", "timetz"):
    corpus.sent_as_text.add(kind)
corpus.run(PsqlODBC)
