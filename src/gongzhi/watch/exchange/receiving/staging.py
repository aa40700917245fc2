"""What a delivery brings, piece by piece, on its way to disk: only what the contract names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongzhi.base.catalogue.kinds.connector_fields import Contract
from gongzhi.base.people.sealed_text import opened_text, sealed_text
from gongzhi.watch.exchange.receiving.models import Batch
from gongzhi.watch.exchange.receiving.shelves import PART, quoted, staged_folder

if TYPE_CHECKING:
    import pyarrow as pa

    from gongzhi.watch.exchange.receiving.shelves import Engine

SIZE = 100_000
"""Rows a piece: what a stop in the middle costs at most, and what memory it takes."""


@dataclass(frozen=True)
class Piece:
    """Some rows as texts, by the source's headings; and rows that can't even be read: number and
    the reason's code. ``cursor``: where the source goes on after them."""

    table: pa.Table
    wrong: Sequence[tuple[int, str]] = ()
    cursor: str = ""


@dataclass(frozen=True)
class Delivery:
    """One thing to take over, not read yet."""

    pieces: Callable[[str, int], Iterator[Piece]]
    """From a cursor on, after so many pieces: a source uses the one that it can."""
    name: str = ""
    mark: str = ""
    missing: tuple[str, ...] = ()
    """Fields of the contract whose column it does not have."""
    etag: str = ""
    modified: str = ""
    """What the source said of when it changed, to be told back."""
    taken: Callable[[], None] = field(default=lambda: None)
    """Called once it stands on the county's side: the file is put away, the message confirmed."""


def text_table(rows: Sequence[Mapping[str, Any]], contract: Contract) -> pa.Table:
    """Rows with values of any kind as a table of texts; ``address.town`` looks deeper."""
    import pyarrow as pa

    columns = [one.source_column for one in contract.fields]
    return pa.table(
        {c: pa.array([as_text(found(row, c)) for row in rows], pa.string()) for c in columns}
    )


def found(row: Mapping[str, Any], column: str) -> object:
    """What stands under the column, or along its dotted path; None when nothing does."""
    if column in row:
        return row[column]
    at: Any = row
    for part in column.split("."):
        if not isinstance(at, dict):
            return None
        at = at.get(part)
    return at


def as_text(value: object) -> str | None:
    """A value as a text that reads back as itself."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict | list):
        import json

        return json.dumps(value, ensure_ascii=False)
    return str(value)


def stage(batch: Batch, contract: Contract, piece: Piece, first: int) -> int:
    """Write a piece as the next file, `first` its first row's number; how many rows it has.

    Whole or not at all. A column that no field names is gone from here on.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    many: int = piece.table.num_rows
    empty = pa.nulls(len(piece.wrong), pa.string())
    columns: dict[str, Any] = {
        "_row": [*range(first, first + many), *(number for number, _why in piece.wrong)],
        "_wrong": [""] * many + [why for _number, why in piece.wrong],
    }
    for one in contract.fields:
        texts = _column(piece.table, one.source_column)
        if one.personal:
            texts = pa.array([sealed_text(text) for text in texts.to_pylist()], pa.string())
        columns[one.name] = pa.concat_arrays([texts, empty])
    path = staged_folder(batch) / f"{batch.pieces:06}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + PART)
    pq.write_table(pa.table(columns), part, compression="zstd")
    part.replace(path)
    return many + len(piece.wrong)


def _column(table: pa.Table, name: str) -> pa.Array:
    import pyarrow as pa

    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    return table.column(name).cast(pa.string()).combine_chunks()


def offer_staged(engine: Engine, files: Sequence[str], contract: Contract) -> None:
    """Make ``staged``: the pieces' rows; what is sealed also opened, in memory only."""
    listed = ", ".join(quoted(one) for one in files)
    sealed = [one.name for one in contract.fields if one.personal]
    engine.execute(f"CREATE VIEW pieces AS FROM read_parquet([{listed}], union_by_name = true)")
    there = {row[0] for row in engine.execute("DESCRIBE pieces").fetchall()}
    more = [f'NULL::VARCHAR AS "{one.name}"' for one in contract.fields if one.name not in there]
    more += [f'"{name}" AS "s_{name}"' for name in sealed if name in there]
    more += [f'NULL::VARCHAR AS "s_{name}"' for name in sealed if name not in there]
    select = ", ".join(["*", *more])
    if not sealed:
        engine.execute(f"CREATE VIEW staged AS SELECT {select} FROM pieces")  # noqa: S608  (our own names)
        return
    table = engine.sql(f"SELECT {select} FROM pieces").to_arrow_table()  # noqa: S608
    for name in sealed:
        table = _opened(table, name)
    engine.register("staged", table)


def _opened(table: pa.Table, name: str) -> pa.Table:
    import pyarrow as pa

    texts = [opened_text(one) for one in table.column(name).to_pylist()]
    return table.set_column(table.column_names.index(name), name, pa.array(texts, pa.string()))
