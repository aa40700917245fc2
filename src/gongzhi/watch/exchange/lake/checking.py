"""Whether the lake says what the log says, and its files what the lake says."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from gongzhi.base.log.models import Cursor
from gongzhi.watch.exchange.lake.keeping import folded_anew
from gongzhi.watch.exchange.lake.models import Fact, Month
from gongzhi.watch.exchange.lake.readers import READER
from gongzhi.watch.exchange.lake.schema import NAMES
from gongzhi.watch.exchange.lake.writing import PART, file_of, folder


def faults() -> list[str]:
    """What is wrong, a sentence each; empty when the lake is sound. A month whose file is only
    behind is no fault: it is written within a minute, or by ``gongzhi lake export``."""
    return [*_facts(), *_files(), *_strays()]


def cursor() -> int:
    """Up to which entry the lake has read."""
    return Cursor.objects.filter(reader=READER).values_list("seq", flat=True).first() or 0


def _facts() -> Iterator[str]:
    anew, kept = folded_anew(cursor()), Fact.objects.in_bulk()
    if missing := len(anew.keys() - kept.keys()):
        yield f"{missing} facts of the log are not in the lake"
    if strange := len(kept.keys() - anew.keys()):
        yield f"{strange} facts of the lake are not on the log"
    both = anew.keys() & kept.keys()
    if different := sum(_told(anew[key]) != _told(kept[key]) for key in both):
        yield f"{different} facts say something else than the log"


def _told(fact: Fact) -> tuple[object, ...]:
    return tuple(getattr(fact, name) for name in NAMES)


def _files() -> Iterator[str]:
    for month in Month.objects.exclude(written_at=None).order_by("month"):
        path = file_of(month.month)
        if not path.exists():
            yield f"the file of {month.month} is missing"
        elif sha256(path.read_bytes()).hexdigest() != month.digest:
            yield f"the file of {month.month} is not the one that was written"


def _strays() -> Iterator[str]:
    known = {file_of(month) for month in Month.objects.values_list("month", flat=True)}
    for path in sorted(folder().rglob("*")):
        if path.is_file() and path not in known and not path.name.endswith(PART):
            yield f"{path.name} in {path.parent.name} belongs to no month of the lake"
