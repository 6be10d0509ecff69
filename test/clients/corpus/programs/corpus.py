"""The corpus through a Python client: reads it from the environment, runs it through an adapter, and prints one line a step."""
import datetime
import decimal
import os
import threading
import time

_lines = [line.split("\t") for line in os.environ["CORPUS"].split("\n")]
settings = {line[0]: line[1] for line in _lines if len(line) == 2}
sql = {key[4:]: value for key, value in settings.items() if key.startswith("sql.")}
columns = [(line[0][7:], line[1], line[2]) for line in _lines if len(line) == 3]
table = settings["table"]


def _timed(text):
    return datetime.datetime.strptime(text + "00", "%Y-%m-%d %H:%M:%S.%f%z")


_native = {
    "boolean": lambda text: text == "true",
    "smallint": int,
    "integer": int,
    "bigint": int,
    "decimal(38,10)": decimal.Decimal,
    "real": float,
    "double precision": float,
    "date": datetime.date.fromisoformat,
    "timestamp": datetime.datetime.fromisoformat,
    "timestamptz": _timed,
    "time": datetime.time.fromisoformat,
    "timetz": lambda text: _timed("2024-02-29 " + text).timetz(),
}


# Types that a client cannot send whole.
sent_as_text = set()


def native(kind, text):
    """A parameter as a Python program has it."""
    return text if kind in sent_as_text else _native.get(kind, str)(text)


def canonical(value):
    """A value as Redshift writes it as text."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        utc = value.astimezone(datetime.timezone.utc) if value.tzinfo else value
        return utc.isoformat(" ").replace("+00:00", "+00")
    if isinstance(value, datetime.time) and value.tzinfo:
        return value.isoformat()[:-3]
    return f"{value:f}" if isinstance(value, decimal.Decimal) else str(value)


class Client:
    """What a client does its own way. A connection opens its transactions by itself, as the database API has it, unless the adapter says otherwise."""

    Error = Exception
    placeholder = "%s"

    def connect(self, port, ca=None):
        raise NotImplementedError

    def rows(self, text, values=()):
        """Run a statement; gives its rows, or an empty list."""
        raise NotImplementedError

    def stream(self, text):
        """The rows of a query, read in pieces."""
        raise NotImplementedError

    def sqlstate(self, error):
        raise NotImplementedError

    def cancel(self):
        """Cancel what runs on this connection; called from another thread."""
        raise NotImplementedError

    def begin(self):
        pass

    def commit(self):
        self.connection.commit()

    def rollback(self):
        self.connection.rollback()

    def encrypted(self):
        raise NotImplementedError

    def close(self):
        self.connection.close()

    def select(self):
        return self.text("select")

    def tables(self):
        return [row[0] for row in self.rows(sql["tables"])]

    def columns(self):
        return [row[0] for row in self.rows(sql["columns"])]

    def key(self):
        return [row[0] for row in self.rows(sql["key"])]

    def text(self, name):
        return sql[name].replace("?", self.placeholder)

    def value(self, name, *values):
        return self.rows(self.text(name), values)[0][0]

    def failure(self, text):
        """The SQLSTATE with which a statement fails."""
        try:
            self.rows(text)
        except self.Error as error:
            return self.sqlstate(error)
        return "no error"


def say(step, value):
    print(f"{step}: {value}", flush=True)


def _cancel_when_running(make, client, pid):
    watcher = make()
    watcher.connect(settings["port"])
    end = time.monotonic() + 60
    while int(watcher.value("running", pid)) == 0:
        assert time.monotonic() < end, "the statement does not run"
        watcher.commit()
        time.sleep(0.02)
    client.cancel()
    watcher.commit()
    watcher.close()


def run(make):
    """Run the corpus through the adapter that `make` makes."""
    client = make()
    client.connect(settings["port"])
    say("connect", client.value("connect"))

    client.rows(sql["create"])
    client.rows(client.text("insert"), (1, *(native(kind, text) for _, kind, text in columns)))
    client.rows(client.text("insert"), (2, *(None for _ in columns)))
    client.commit()
    for (name, kind, _), value in zip(columns, client.rows(client.select(), (1,))[0]):
        say(f"{name} {kind}", canonical(value))
    say("nulls", list(client.rows(client.select(), (2,))[0]).count(None))
    say("parameters", "|".join(map(canonical, client.rows(client.text("parameters"), (41, "o'clock", None))[0])))
    client.commit()

    client.begin()
    read = [int(row[0]) for row in client.stream(sql["many"])]
    client.commit()
    say("cursor", f"{len(read)} rows, sum {sum(read)}")

    client.begin()
    client.rows(sql["add"])
    client.commit()
    say("commit", client.value("count"))
    client.commit()
    client.begin()
    client.rows(sql["remove"])
    client.rollback()
    say("rollback", client.value("count"))
    client.commit()

    say("error", client.failure(sql["wrong"]))
    client.rollback()
    say("after the error", client.value("one"))
    client.commit()
    client.begin()
    client.failure(sql["wrong"])
    say("failed transaction", client.failure(sql["one"]))
    client.rollback()
    say("after the failed transaction", client.value("count"))

    watcher = threading.Thread(target=_cancel_when_running, args=(make, client, client.value("pid")))
    client.commit()
    watcher.start()
    say("cancel", client.failure(sql["endless"]))
    watcher.join()
    client.rollback()
    say("after the cancel", client.value("one"))

    say("tables", ", ".join(name for name in client.tables() if name == table))
    say("columns", ", ".join(client.columns()))
    say("key", ", ".join(client.key()))
    client.commit()
    client.close()

    secure = make()
    secure.connect(settings["tlsPort"], settings["ca"])
    say("tls", canonical(secure.encrypted()))
    secure.close()
    try:
        make().connect(settings["tlsPort"], settings["otherCa"])
        say("tls of another authority", "accepted")
    except Exception as error:
        refused = "certificate verify failed" in str(error).lower()
        say("tls of another authority", "refused" if refused else repr(error))
