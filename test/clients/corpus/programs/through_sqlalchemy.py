import sqlalchemy
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, create_engine, inspect, text

import corpus


def engine(port, ca=None):
    tls = f"?sslmode=verify-full&sslrootcert={ca}" if ca else ""
    return create_engine(f"postgresql+psycopg2://awsuser:any@localhost:{port}/dev{tls}")


class SQLAlchemy(corpus.Client):
    Error = sqlalchemy.exc.DBAPIError

    def connect(self, port, ca=None):
        self.engine = engine(port, ca)
        self.connection = self.engine.connect()
        self.transaction = None

    def rows(self, text_, values=()):
        self.transaction = self.transaction or self.connection.begin()
        result = self.connection.execute(text(text_), {f"p{n}": value for n, value in enumerate(values)})
        return result.fetchall() if result.returns_rows else []

    def stream(self, text_):
        self.transaction = self.transaction or self.connection.begin()
        yield from self.connection.execution_options(stream_results=True, max_row_buffer=1000).execute(text(text_))

    def sqlstate(self, error):
        return error.orig.pgcode

    def cancel(self):
        self.connection.connection.dbapi_connection.cancel()

    def commit(self):
        self._end("commit")

    def rollback(self):
        self._end("rollback")

    def _end(self, how):
        if self.transaction:
            getattr(self.transaction, how)()
        self.transaction = None

    def encrypted(self):
        return self.connection.connection.dbapi_connection.info.ssl_in_use

    def close(self):
        self.connection.close()
        self.engine.dispose()

    def text(self, name):
        pieces = corpus.sql[name].replace("::", "\\:\\:").split("?")
        return pieces[0] + "".join(f":p{n}{piece}" for n, piece in enumerate(pieces[1:]))

    def tables(self):
        return inspect(self.engine).get_table_names()

    def columns(self):
        return [column["name"] for column in inspect(self.engine).get_columns(corpus.table)]

    def key(self):
        return inspect(self.engine).get_pk_constraint(corpus.table)["constrained_columns"]


def tables_of_its_own():
    """Tables made, written and read by its expressions, and found again by its inspector."""
    own = engine(corpus.settings["port"])
    metadata = MetaData()
    parents = Table("sa_parents", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("name", String(20), nullable=False))
    Table("sa_children", metadata, Column("parent_id", Integer, ForeignKey("sa_parents.id")))
    metadata.create_all(own)
    with own.begin() as connection:
        connection.execute(parents.insert(), [{"id": number, "name": f"p{number}"} for number in range(5)])
    with own.connect() as connection:
        corpus.say("rows", connection.execute(parents.select().where(parents.c.id > 2).order_by(parents.c.id)).fetchall())
    with own.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM sa_parents"))
    corpus.say("after AUTOCOMMIT", corpus.table in inspect(own).get_table_names())
    inspector = inspect(own)
    reflected = Table("sa_children", MetaData(), autoload_with=own)
    corpus.say("reflected", [(column.name, str(column.type), len(column.foreign_keys)) for column in reflected.columns])
    corpus.say("own tables", sorted(name for name in inspector.get_table_names() if name.startswith("sa_")))
    corpus.say("own columns", [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns("sa_parents")])
    corpus.say("foreign keys", [(key["constrained_columns"], key["referred_table"]) for key in inspector.get_foreign_keys("sa_children")])
    metadata.drop_all(own)
    corpus.say("left", [name for name in inspect(own).get_table_names() if name.startswith("sa_")])


corpus.run(SQLAlchemy)
tables_of_its_own()
