"""SQLAlchemy over psycopg2: prints one line a step; the test compares them. Arguments: port, path of the CA certificate."""
import sys
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, create_engine, inspect, text

port, ca = sys.argv[1:3]
engine = create_engine(f"postgresql+psycopg2://awsuser:any@localhost:{port}/dev?sslmode=verify-full&sslrootcert={ca}", use_native_hstore=False)
metadata = MetaData()
parents = Table("sa_parents", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("name", String(20), nullable=False))
children = Table("sa_children", metadata, Column("parent_id", Integer, ForeignKey("sa_parents.id")))
metadata.create_all(engine)
with engine.begin() as c:
    c.execute(parents.insert(), [{"id": i, "name": f"p{i}"} for i in range(5)])
with engine.connect() as c:
    print("rows", c.execute(parents.select().where(parents.c.id > 2).order_by(parents.c.id)).fetchall())
    print("cursor", sum(r[0] for r in c.execution_options(stream_results=True).execute(text("SELECT n FROM generate_series(1, 10000) AS g(n)"))))
inspector = inspect(engine)
print("tables", sorted(t for t in inspector.get_table_names() if t.startswith("sa_")))
print("columns", [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns("sa_parents")])
print("primary key", inspector.get_pk_constraint("sa_parents")["constrained_columns"])
print("foreign keys", [(k["constrained_columns"], k["referred_table"]) for k in inspector.get_foreign_keys("sa_children")])
metadata.drop_all(engine)
