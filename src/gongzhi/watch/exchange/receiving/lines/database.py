"""A query at somebody's PostgreSQL, MySQL or SQLite: read only, its values bound, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_sources import Database
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.receiving.lines.asking import Asked, require_host, secret_of
from gongzhi.watch.exchange.receiving.staging import SIZE, Delivery, Piece, text_table

DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "sqlite": "sqlite"}
PORTS = {"postgresql": 5432, "mysql": 3306, "sqlite": 0}
PATIENCE = 10
READ_ONLY = {
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "sqlite": "PRAGMA query_only = ON",
}


def deliveries(connector: Connector, asked: Asked) -> Iterator[Delivery]:
    """The query's rows, as one delivery. Raises LineFailed."""
    source = connector.source
    assert isinstance(source, Database)  # noqa: S101  (its kind said so)
    columns = _columns(source, asked)
    missing = tuple(
        one.name for one in connector.contract.fields if one.source_column not in columns
    )

    def pieces(_cursor: str, after: int) -> Iterator[Piece]:
        with _connected(source) as line:
            rows = line.execute(text(source.query), _bound(source, asked))
            for at, some in enumerate(rows.mappings().partitions(SIZE)):
                if at >= after:
                    yield Piece(text_table([dict(row) for row in some], connector.contract))

    yield Delivery(pieces, missing=missing)


def _columns(source: Database, asked: Asked) -> list[str]:
    """The headings that the query has, without its rows."""
    with _connected(source) as line:
        around = text(f"SELECT * FROM ({source.query}) AS asked LIMIT 0")  # noqa: S608  (a checked SELECT of the catalogue)
        return list(line.execute(around, _bound(source, asked)).keys())


def _bound(source: Database, asked: Asked) -> dict[str, object]:
    span = {"since": asked.since, "until": asked.until}
    bound = {name: at for name, at in span.items() if f":{name}" in source.query}
    if source.system == "sqlite":  # it has no times: they are compared as text
        return {n: at.strftime("%Y-%m-%d %H:%M:%S") if at else None for n, at in bound.items()}
    return dict(bound)


@contextmanager
def _connected(source: Database) -> Iterator[Connection]:
    """A line that can't write. Raises LineFailed, for what goes wrong in the block, too."""
    made = create_engine(_address(source), poolclass=NullPool, connect_args=_patience(source))
    try:
        with made.connect() as line:
            line.exec_driver_sql(READ_ONLY[source.system])
            line.commit()  # a rollback would let it write again
            yield line.execution_options(stream_results=True, max_row_buffer=10_000)
    except DBAPIError as failed:
        raise LineFailed(_why(failed)) from failed
    except SQLAlchemyError as failed:
        raise LineFailed("bad_query") from failed


def _address(source: Database) -> URL:
    if source.system == "sqlite":
        path = Path(source.database)
        if not path.is_file():
            raise LineFailed("no_file")
        where = f"file:{path}"
        return URL.create("sqlite", database=where, query={"mode": "ro", "uri": "true"})
    port = source.port or PORTS[source.system]
    require_host(source.host, port)
    name, word = secret_of(source.credentials)
    return URL.create(
        DRIVERS[source.system], username=name or None, password=word or None,
        host=source.host, port=port, database=source.database,
    )  # fmt: skip


def _patience(source: Database) -> dict[str, object]:
    if source.system == "sqlite":
        return {"timeout": PATIENCE}
    return {"connect_timeout": PATIENCE}


def _why(failed: DBAPIError) -> str:
    said = str(failed.orig).lower()
    if "password" in said or "access denied" in said or "authentication" in said:
        return "not_signed_in"
    refused = ("connect", "timeout", "timed out", "no route", "resolve")
    return "no_answer" if any(one in said for one in refused) else "bad_query"
