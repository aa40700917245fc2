"""What the log tells of a matter, in its order: the only thing that appraisal reads of one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.base.log.models import Entry

CHUNK = 800
"""Subjects asked for at once: SQLite takes no more than some thousand parameters."""
SUBJECT = "matters.matter:"
BY = "account:"
OPENED = "matters.matter_opened"
RECATEGORISED = "matters.recategorised"
COLUMNS = ("seq", "at", "by", "kind", "subject", "text")


@dataclass(frozen=True)
class Told:
    """One entry. ``account`` is whoever acted; None: the platform, a resident, a program."""

    seq: int
    at: datetime
    account: int | None
    kind: str
    text: Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """One matter's entries, as far as a source listens to them."""

    matter: int
    told: tuple[Told, ...]

    @property
    def procedure(self) -> str:
        """What kind of matter it is; "" for one whose opening the log doesn't tell."""
        return next((str(one.text["procedure"]) for one in self.told if one.kind == OPENED), "")

    def category_at(self, seq: int) -> str:
        """What it was filed under when that entry was written."""
        found = ""
        for one in self.told:
            if one.seq > seq:
                break
            if one.kind in (OPENED, RECATEGORISED):
                found = str(one.text["category"])
        return found


def stories(
    anchors: Collection[str], listens: Collection[str], since: datetime, until: datetime
) -> Iterator[Story]:
    """Of each matter with one of the `anchors` in the span: all that is listened to, from its
    first day on and before `until`."""
    found = Entry.objects.filter(kind__in=anchors, at__gte=since, at__lt=until)
    keys = {_matter(subject, text) for subject, text in found.values_list("subject", "text")}
    apart = _told_apart(listens, until)
    for some in _chunks(keys):
        told = _told(some, listens, until)
        for key in some:
            whole = [*told[key], *apart[key]]
            yield Story(key, tuple(sorted(whole, key=lambda one: one.seq)))


def _told(keys: Iterable[int], listens: Collection[str], until: datetime) -> _ByMatter:
    about = [f"{SUBJECT}{key}" for key in keys]
    return _grouped(
        Entry.objects.filter(subject__in=about, kind__in=listens, at__lt=until).values_list(
            *COLUMNS
        )
    )


def _told_apart(listens: Collection[str], until: datetime) -> _ByMatter:
    """What is told of a matter in an entry about something else, such as its review."""
    kinds = [kind for kind in listens if kind.startswith("supervision.")]
    if not kinds:
        return defaultdict(list)
    return _grouped(Entry.objects.filter(kind__in=kinds, at__lt=until).values_list(*COLUMNS))


_ByMatter = dict[int, list[Told]]


def _grouped(rows: Iterable[tuple[Any, ...]]) -> _ByMatter:
    found: _ByMatter = defaultdict(list)
    for seq, at, by, kind, subject, text in rows:
        if (key := _matter(subject, text)) is not None:
            found[key].append(Told(seq, at, _account(by), kind, json.loads(text)))
    return found


def _matter(subject: str, text: str) -> int | None:
    if subject.startswith(SUBJECT):
        return int(subject.removeprefix(SUBJECT))
    named = json.loads(text).get("matter")
    return int(named) if named is not None else None


def _account(by: str) -> int | None:
    return int(by.removeprefix(BY)) if by.startswith(BY) else None


def _chunks(keys: Iterable[int | None]) -> Iterator[list[int]]:
    every = sorted(key for key in keys if key is not None)
    return (every[at : at + CHUNK] for at in range(0, len(every), CHUNK))
