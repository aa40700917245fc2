"""A file that is a table, piece by piece: CSV by DuckDB, Excel by the reader of imports."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_fields import Contract
from gongzhi.base.catalogue.kinds.connector_sources import Tables
from gongzhi.base.files.tables import Row, csv_shape, opened
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.receiving.shelves import engine, quoted
from gongzhi.watch.exchange.receiving.staging import SIZE, Delivery, Piece

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

PLAIN = {"utf-8", "utf-8-sig", "ascii"}
MOST_WRONG = 10_000
"""Unreadable lines of one file that are told one by one."""


def delivery_of(path: Path, connector: Connector, tables: Tables, *, mark: str) -> Delivery:
    """A file as a delivery. One that is no table says so, as Refused, when it is read."""
    contract = connector.contract
    columns = [one.source_column for one in contract.fields]
    try:
        with opened(path, [], tables.encoding, expects=columns) as source:
            headings = source.headings
    except Refused as refused:
        return Delivery(_raising(refused), name=path.name[:200], mark=mark)
    missing = tuple(one.name for one in contract.fields if one.source_column not in headings)

    def pieces(_cursor: str, after: int) -> Iterator[Piece]:
        if not headings:
            return
        if _is_sheet(path):
            yield from _row_by_row(path, tables.encoding, contract, after)
        else:
            yield from _of_csv(path, tables.encoding, headings, contract, after)

    if not headings:
        missing = ()  # nothing is in it: that says more than which columns are missing
    return Delivery(pieces, name=path.name[:200], mark=mark, missing=missing)


def _raising(refused: Refused) -> Callable[[str, int], Iterator[Piece]]:
    def pieces(_cursor: str, _after: int) -> Iterator[Piece]:
        yield from ()  # a generator: it refuses when it is read
        raise refused

    return pieces


def _of_csv(
    path: Path, encoding: str, headings: list[str], contract: Contract, after: int
) -> Iterator[Piece]:
    """The named columns; what can't be read as a row is told with its line.

    The engine guesses nothing: headings and delimiter are known."""
    columns = list(dict.fromkeys(one.source_column for one in contract.fields))
    found, delimiter = csv_shape(path, columns, encoding)
    names = {one: f"c{headings.index(one)}" for one in columns if one in headings}
    given = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(headings)))
    with _readable(path, found) as plain, engine() as db:
        table = (
            f"read_csv({quoted(str(plain))}, columns = {{{given}}}, auto_detect = false, "
            f"header = true, delim = {quoted(delimiter)}, quote = '\"', escape = '\"', "
            f"store_rejects = true, rejects_limit = {MOST_WRONG}, max_line_size = 1048576)"
        )
        if not _can_read(db, table):
            yield from _row_by_row(path, encoding, contract, after)
            return
        rows = db.sql(f"SELECT {', '.join(names.values())} FROM {table}")  # noqa: S608  (quoted)
        for at, batch in enumerate(_batches(rows)):
            if at >= after:
                yield Piece(batch.rename_columns(list(names)))
        if wrong := _rejected(db):
            yield Piece(_none(columns), wrong)


def _can_read(db: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the engine gets to the end: it gives up at line ends of two kinds in one file."""
    import duckdb

    try:
        db.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608  (as below)
    except duckdb.Error:
        return False
    return True


def _batches(rows: duckdb.DuckDBPyRelation) -> Iterator[pa.Table]:
    import pyarrow as pa

    for batch in rows.to_arrow_reader(SIZE):
        if batch.num_rows:
            yield pa.Table.from_batches([batch])


def _rejected(db: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    found = db.execute("SELECT DISTINCT line FROM reject_errors ORDER BY line").fetchall()
    return [(int(line), "unreadable") for (line,) in found]


def _none(columns: list[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table({one: pa.array([], pa.string()) for one in columns})


@contextmanager
def _readable(path: Path, encoding: str) -> Iterator[Path]:
    """The file unpacked and in UTF-8, which is what the engine reads without more parts."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    if not packed and encoding.lower().replace("_", "-") in PLAIN:
        yield path
        return
    unpack = gzip.open if packed else open
    with tempfile.TemporaryDirectory(prefix="gongzhi-received-") as folder:
        plain = Path(folder) / "plain.csv"
        with (
            unpack(path, "rt", encoding=encoding, errors="replace", newline="") as said,
            plain.open("w", encoding="utf-8", newline="") as written,
        ):
            shutil.copyfileobj(said, written, 1 << 20)
        yield plain


def _is_sheet(path: Path) -> bool:
    with path.open("rb") as raw:
        return raw.read(4) == b"PK\x03\x04"


def _row_by_row(path: Path, encoding: str, contract: Contract, after: int) -> Iterator[Piece]:
    """Excel, and CSV that the engine gives up on: slower, by the reader of imports."""
    columns = list(dict.fromkeys(one.source_column for one in contract.fields))
    with opened(path, [], encoding, expects=columns) as source:
        where = {name: source.headings.index(name) for name in columns if name in source.headings}
        rows = islice(source.rows, after * SIZE, None)
        while some := list(islice(rows, SIZE)):
            yield _piece(some, where)


def _piece(rows: list[Row], where: dict[str, int]) -> Piece:
    import pyarrow as pa

    good = [row for row in rows if not row.wrong]
    table = pa.table({
        name: pa.array([_text(row.cells[at]) for row in good], pa.string())
        for name, at in where.items()
    })  # fmt: skip
    wrong = [(row.number, row.wrong.removeprefix("row_")) for row in rows if row.wrong]
    return Piece(table, wrong)


def _text(cell: object) -> str:
    return cell.isoformat(" ") if hasattr(cell, "isoformat") else str(cell)
