"""What the line says of an entry: never more than the log has, and of that only what is listed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter

Row = tuple[int, str, str, datetime, str]
"""seq, kind, subject, at, text: the columns that the line reads."""


class Heard(NamedTuple):
    """One app's events: who hears them (whoever has one of these permissions), and which fields."""

    permissions: tuple[str, ...]
    fields: tuple[str, ...]


# An app that isn't here is not heard at all: who signed in and who read whose file is in the log,
# and no page's business. Of the apps that are here, kind, subject and time go out, and the fields
# that are listed; whatever else a page needs it asks for, and is asked whether it may see it.
_CONSOLE = ("dispatch.view_console", "dispatch.report_progress")
_MATTERS = ("matters.view_matter",)
HEARD: dict[str, Heard] = {
    "matters": Heard(
        _MATTERS,
        (
            "procedure", "category", "priority", "unit", "channel", "town", "step", "previous",
            "giver", "taker", "clock", "due_at",
        ),
    ),
    "participation": Heard(("participation.view_requests",), ("solved",)),
    "calls": Heard(("calls.view_calls", *_CONSOLE), ("channel", "joined", "nth")),
    "dispatch": Heard(_CONSOLE, ("unit", "matter", "status", "state")),
    "crews": Heard(_CONSOLE, ("unit", "assignment", "severity")),
    "linked": Heard(("linked.answer_request", "linked.ask_partner"), ("request",)),
    "command": Heard(
        ("command.view_lane", "dispatch.work_unit", "linked.answer_request"), ("roll",)
    ),
    "plans": Heard(("patrol.view_plans", "dispatch.work_unit"), ()),
    "warnings": Heard(("prevention.write_warning",), ()),
    "linking": Heard(("prevention.view_series",), ()),
    "alerts": Heard(("prevention.write_warning",), ()),
    "supervision": Heard(("supervision.view_findings",), ("rule", "severity")),
}  # fmt: skip
RELOAD = "live.reload"
BEAT = b"event: beat\ndata: {}\n\n"


def rows_after(seq: int, most: int) -> list[Row]:
    """The next entries of the log, at most so many."""
    entries = Entry.objects.filter(seq__gt=seq).order_by("seq")
    return _without_cases(list(entries.values_list("seq", "kind", "subject", "at", "text")[:most]))


def _without_cases(rows: list[Row]) -> list[Row]:
    """What happens in a case is heard by nobody: its step or its clock would say of somebody that
    they were detained. Nor is anything of what is sealed, a complaint say. One query, and none
    where no matter moved."""
    keys = {_key(row) for row in rows if _app(str(row[1])) == "matters"}
    kinds = [one.code for one in catalogue().procedures.values() if one.kind == "case"]
    kinds += sealed_procedures()
    found = Matter.objects.filter(pk__in=keys, procedure__in=kinds).values_list("pk", flat=True)
    cases = set(found) if keys else set()
    return [
        (row[0], "cases.unheard", *row[2:])
        if _app(str(row[1])) == "matters" and _key(row) in cases else row
        for row in rows
    ]  # fmt: skip


def _key(row: Row) -> int:
    number = str(row[2]).rpartition(":")[2]
    return int(number) if number.isdecimal() else 0


def chunk(rows: Iterable[Row], apps: frozenset[str]) -> bytes:
    """All rows of these apps, as server-sent events in one piece."""
    return b"".join(_event(row[0], _told(row)) for row in rows if _app(row[1]) in apps)


def reload(seq: int) -> bytes:
    """The event by which a page that missed too much is told to load itself anew."""
    return _event(seq, {"kind": RELOAD})


def _told(row: Sequence[object]) -> dict[str, object]:
    _, kind, subject, at, text = row
    assert isinstance(at, datetime)  # noqa: S101  (for the type checker)
    listed = HEARD[_app(str(kind))].fields
    fields = {name: value for name, value in json.loads(str(text)).items() if name in listed}
    return {"kind": kind, "subject": subject, "at": at.isoformat(), **fields}


def _app(kind: str) -> str:
    return kind.partition(".")[0]


def _event(seq: int, told: dict[str, object]) -> bytes:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"id: {seq}\ndata: {text}\n\n".encode()
