"""Who kept a source's own limits, counted again from the log and held against what it says itself.

When a matter was opened and when it ended is read from the entries that the import wrote, its
limit from the clock that runs beside it: nothing is taken from the file but its flag. Where both
say the same, the way from the file over procedure, log and clock lost nothing. Where not, the row
is listed with the reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.mapping import Limits, Mapping
from gongzhi.base.files.tables import opened
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.clocks.sources import TARGET
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.imports.convert import BY, Converter
from gongzhi.work.participation.shares import wilson

Said = Literal["on_time", "late", "no_limit"]
MOST = 5
"""Rows that are named of each reason."""
REASONS = (
    "not_imported", "flag_missing", "no_limit", "limit_before_opening", "clock_differs",
    "unexplained",
)  # fmt: skip
"""Why a row's flag and the log don't say the same: it isn't there, the source has no flag, it set
no limit, its limit lies before the opening and was left out, the clock's own outcome is another,
or none of these."""


class Course(NamedTuple):
    """What the log and the clock know of one matter."""

    opened: datetime
    ended: datetime | None
    due: datetime | None
    outcome: str
    """As the clock keeps it: met, missed, or "" while it runs."""

    def said(self, at: datetime) -> Said:
        """Whether it was in time, if it still runs by what is so at that moment."""
        if self.due is None:
            return "no_limit"
        return "on_time" if (self.ended or at) <= self.due else "late"


@dataclass
class Figure:
    """Of a department or a type: how many had a limit, and how many were in time."""

    limited: int = 0
    kept: int = 0

    def told(self) -> dict[str, object]:
        """With the share, and between what it lies with 95 % (Wilson)."""
        low, high = wilson(self.kept, self.limited)
        share = self.kept / self.limited if self.limited else None
        return {
            "limited": self.limited, "kept": self.kept,
            "share": share, "low": round(low, 4), "high": round(high, 4),
        }  # fmt: skip


@dataclass
class Recomputed:
    """What came of it."""

    source: str
    rows: int = 0
    equal: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    whole: Figure = field(default_factory=Figure)
    groups: dict[str, dict[str, Figure]] = field(default_factory=dict)

    def told(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "source": self.source,
            "rows": self.rows,
            "equal": self.equal,
            "explained": self.rows - self.equal - self.reasons["unexplained"],
            "unexplained": self.reasons["unexplained"],
            "reasons": {
                code: {"rows": self.reasons[code], "examples": self.examples.get(code, [])}
                for code in REASONS
            },
            "all": self.whole.told(),
            **{
                name: {key: one.told() for key, one in sorted(figures.items())}
                for name, figures in self.groups.items()
            },
        }

    def differs(self, reason: str, key: str) -> None:
        """Note a row that isn't equal."""
        self.reasons[reason] += 1
        named = self.examples.setdefault(reason, [])
        if len(named) < MOST:
            named.append(key)


def recompute(path: Path, mapping: Mapping, at: datetime) -> Recomputed:
    """Count again for the rows of this file. Refuses a mapping that doesn't say where the flag is,
    and a source of which nothing was imported."""
    limits = mapping.limits
    if limits is None:
        raise Refused(_("映射没有写明哪一列是来源自己的按时标志（limits）。"), code="no_limits")
    courses = courses_of(mapping.code)
    if not courses:
        raise Refused(_("还没有导入“%(name)s”的数据。") % {"name": mapping.code}, code="no_source")
    made = Recomputed(mapping.code, groups={name: {} for name in limits.by})
    for key, named, flag, groups in _rows(path, mapping, limits):
        made.rows += 1
        course = courses.get(key)
        if course is not None and course.due is not None:
            _count(made, course.said(at) == "on_time", groups)
        reason = _why(course, flag, at)
        if reason:
            made.differs(reason, named)
        else:
            made.equal += 1
    return made


def _why(course: Course | None, flag: tuple[Said | None, bool], at: datetime) -> str:
    """Why they don't say the same; "" when they do."""
    said, has_limit = flag
    if course is None:
        return "not_imported"
    own = course.said(at)
    if own == "no_limit" and has_limit:
        return "limit_before_opening"
    if own == "no_limit":
        return "unexplained" if said == "late" else "no_limit"
    kept = {"met": "on_time", "missed": "late"}.get(course.outcome, own)
    if kept != own:
        return "clock_differs"
    if said is None:
        return "flag_missing"
    return "" if said == own else "unexplained"


def _count(made: Recomputed, kept: bool, groups: dict[str, str]) -> None:
    figures = [made.groups[name].setdefault(key, Figure()) for name, key in groups.items()]
    for figure in (made.whole, *figures):
        figure.limited += 1
        figure.kept += kept


Told = tuple[str, str, tuple[Said | None, bool], dict[str, str]]


def _rows(path: Path, mapping: Mapping, limits: Limits) -> Iterator[Told]:
    """Of each row: the matter's key, the id as it stands there, the flag, the groups it is in."""
    columns = [*mapping.columns, limits.column, *limits.by.values()]
    with opened(path, columns, mapping.encoding) as source:
        # It only reads keys and cells: nothing is converted, so nobody owns anything.
        reader = Converter(mapping, source.headings, Unit(), County())
        for row in source.rows:
            if row.wrong:
                continue
            flag = reader.text(row, limits.column)
            said: Said | None = None
            if flag in limits.on_time:
                said = "on_time"
            elif flag in limits.late:
                said = "late"
            limited = bool(mapping.due and reader.text(row, mapping.due).strip())
            groups = {name: reader.text(row, column) for name, column in limits.by.items()}
            named = " ".join(reader.text(row, column) for column in mapping.id)
            yield reader.key(row), named, (said, limited), groups


def courses_of(source: str) -> dict[str, Course]:
    """What log and clocks know of the source's matters, by the key of their row. Three queries."""
    matters = Matter.objects.filter(county__code=source, idempotency_key__isnull=False)
    keys = dict(matters.values_list("pk", "idempotency_key"))
    runs = ClockRun.objects.filter(clock=TARGET, matter__county__code=source)
    dues = {key: (due, out) for key, due, out in runs.values_list("matter", "due_at", "outcome")}
    began, ended = _told_by_the_log(keys)
    return {
        name: Course(began[key], ended.get(key), *dues.get(key, (None, "")))
        for key, name in keys.items()
        if name and key in began
    }


def _told_by_the_log(
    keys: dict[int, str | None],
) -> tuple[dict[int, datetime], dict[int, datetime]]:
    began: dict[int, datetime] = {}
    ended: dict[int, datetime] = {}
    kinds = ("matters.matter_opened", "matters.step_taken")
    told = Entry.objects.filter(kind__in=kinds, by=str(BY)).order_by("seq")
    rows = told.values_list("subject", "kind", "at", "text").iterator(chunk_size=5000)
    for subject, kind, at, text in rows:
        key = int(subject.rpartition(":")[2])
        if key not in keys:
            continue
        if kind == "matters.matter_opened":
            began[key] = at
        elif json.loads(text)["step"] == "closed":
            ended[key] = at
    return began, ended
