"""Months as Parquet files below ``lake/facts/month=2026-11/``, whole or not at all."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.models import F

from gongzhi.base.log.actions import now
from gongzhi.base.log.turns import in_turn
from gongzhi.watch.exchange.lake.models import Fact, Month
from gongzhi.watch.exchange.lake.schema import NAMES, arrow

NAME = "facts.parquet"
PART = ".part"


def folder() -> Path:
    """Where the months lie, in folders that tell DuckDB and Spark which month."""
    path: Path = settings.HOME.lake / "facts"
    return path


def file_of(month: str) -> Path:
    """The file of ``2026-11``."""
    return folder() / f"month={month}" / NAME


def write_behind() -> list[str]:
    """Write every month whose facts changed since its file was written; which those were."""
    behind = list(Month.objects.filter(changed_seq__gt=F("written_seq")).order_by("month"))
    for month in behind:
        write(month)
    return [one.month for one in behind]


def write(month: Month) -> None:
    """Write the month's file beside the old one and put it in its place in one step.

    A process that dies in between leaves the old file, and the month behind: it is written again.
    What changes meanwhile makes the month behind again, by its larger ``changed_seq``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    seq, rows = month.changed_seq, _rows(month.month)
    columns = zip(*rows, strict=True) if rows else ([] for _ in NAMES)
    table = pa.table(
        {name: list(values) for name, values in zip(NAMES, columns, strict=True)}, schema=arrow()
    )
    path = file_of(month.month)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(NAME + PART)
    pq.write_table(table, part, compression="zstd")
    digest = sha256(part.read_bytes()).hexdigest()
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(path)
    with in_turn():  # a reader that catches up leaves no gap for who only looks again now and then
        Month.objects.filter(pk=month.pk).update(
            written_seq=seq, rows=len(rows), digest=digest, written_at=now()
        )


def _rows(month: str) -> list[tuple[object, ...]]:
    found = Fact.objects.filter(month=month).order_by("opened_at", "fact")
    return list(found.values_list(*NAMES))
