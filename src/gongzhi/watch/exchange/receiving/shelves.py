"""Where a source's rows lie: as received, as loaded, in quarantine; and an engine over them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.watch.exchange.receiving.models import Batch

if TYPE_CHECKING:
    from typing import TypeAlias

    from duckdb import DuckDBPyConnection

    Engine: TypeAlias = DuckDBPyConnection

PART = ".part"


@contextmanager
def engine() -> Iterator[Engine]:
    """DuckDB in memory, in UTC, that fetches no extension from anywhere."""
    import duckdb

    opened = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    try:
        opened.execute("SET TimeZone = 'UTC'")
        opened.execute("SET enable_progress_bar = false")
        yield opened
    finally:
        opened.close()


def folder(connector: str) -> Path:
    """All of a source's files."""
    path: Path = settings.HOME.received / connector
    return path


def staged_folder(batch: Batch) -> Path:
    """A delivery as it was received: the contract's fields as texts, a file each piece."""
    return folder(batch.connector) / "staged" / str(batch.pk)


def staged_files(batch: Batch) -> list[str]:
    """The pieces that are there, in order."""
    return [str(one) for one in sorted(staged_folder(batch).glob("*.parquet"))]


def rows_file(batch: Batch, revision: int | None = None) -> Path:
    """What was loaded of it, when it was judged for the so manieth time; now, when left out."""
    return _judged(batch, "rows", batch.revision if revision is None else revision)


def quarantine_file(batch: Batch, revision: int | None = None) -> Path:
    """What was not, with reasons."""
    return _judged(batch, "quarantine", batch.revision if revision is None else revision)


def _judged(batch: Batch, what: str, revision: int) -> Path:
    return folder(batch.connector) / what / f"{batch.pk:09}-{revision}.parquet"


def loaded_files(connector: Connector, *, but: int = 0) -> list[str]:
    """The files that together are what a source has said; without the batch `but`."""
    found = Batch.objects.filter(connector=connector.code, state=Batch.State.LOADED, read__gt=0)
    found = found.exclude(pk=but)
    if connector.contract.delivers == "whole":
        found = found.order_by("-pk")[:1]
    paths = [rows_file(one) for one in found]
    return [str(path) for path in paths if path.exists()]


def current(connector: Connector, files: list[str]) -> str:
    """SQL for the rows that hold now: of each key the newest."""
    listed = ", ".join(quoted(one) for one in files)
    key = ", ".join(f'"{one}"' for one in connector.contract.key)
    if len(files) == 1:  # no file has a key twice
        return f"SELECT * FROM read_parquet([{listed}])"  # noqa: S608  (as below)
    return (
        f"SELECT * FROM read_parquet([{listed}]) "  # noqa: S608  (our own names, quoted)
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY _at DESC, _batch DESC) = 1"
    )


def quoted(text: str) -> str:
    """The text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def drop_staged(batch: Batch) -> None:
    """Let go of a delivery as it was received."""
    shutil.rmtree(staged_folder(batch), ignore_errors=True)
