"""What many of one unit's open requests say: numbers of terms, place and time, never who.

Only categories that the catalogue marks `linked` are compared, as everywhere: what repeats in
quarrels or at home is somebody's life.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db.models import Q, QuerySet

from gongzhi.analysis.topics import Telling, topics_among
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.terms import terms_of
from gongzhi.base.people.models import Account
from gongzhi.base.places.cells import cells_around
from gongzhi.work.joint.models import SameThing
from gongzhi.work.participation.permissions import oversees

LEAST = 3
WINDOW = timedelta(days=21)
RINGS = 2
"""Of cells of 0.1 km² around the fullest one: some 500 m to each side."""
ALIKE, ALIKE_ANYWHERE = 0.2, 0.3
"""Cosine to the middle message from which two are about one thing: near each other, and when
nobody says where."""
MOST, BACKGROUND = 20_000, 300
"""Requests that are compared, the newest; and those from elsewhere that they are held against, so
that what everybody here says just now isn't taken for what is always said."""
JOINABLE = ("received", "accepted", "in_progress")


@dataclass(frozen=True)
class Group:
    """Requests about one thing: the oldest first, which the others can join."""

    keys: tuple[int, ...]
    category: str
    town: str


@dataclass(frozen=True)
class _Told:
    key: int
    at: datetime
    category: str
    town: str
    h9: int | None


def same_of(unit: int, at: datetime) -> list[Group]:
    """Groups among this unit's open requests, the largest first."""
    told, tellings = _read(_open(unit, at))
    if len(told) < LEAST:
        return []
    _others, background = _read(_background(unit, at))
    against = [Telling(f"-{one.key}", one.terms) for one in background.values()]
    against += _catalogue()
    found: list[Group] = []
    for near in _by_place(list(told.values())):
        elsewhere = [one for key, one in tellings.items() if key not in near][:BACKGROUND]
        held = [tellings[key] for key in near]
        held += [Telling(f"-{one.key}", one.terms) for one in elsewhere] + against
        alike = ALIKE if told[near[0]].h9 is not None else ALIKE_ANYWHERE
        for topic in topics_among(held, least=LEAST, alike=alike):
            members = [told[key] for key in topic.keys if key in told]
            found += [_group(members)] if len(members) >= LEAST else []
    return sorted(found, key=lambda one: (-len(one.keys), one.keys))


@cache
def _catalogue() -> list[Telling]:
    """What the catalogue says of each category: so that in a small inbox, too, some words are
    rarer than others."""
    kinds = [one for one in catalogue().categories.values() if "request" in one.kinds]
    texts = [text for one in kinds for text in (one.hint.zh, one.name.zh)]
    return [Telling(f"-c{n}", terms_of(text)) for n, text in enumerate(texts)]


def _by_place(told: list[_Told]) -> list[list[str]]:
    """Keys of those that are near each other, `LEAST` at least: around the fullest cell first.
    Those without a place are together."""
    cells: dict[int | None, list[str]] = defaultdict(list)
    for one in told:
        cells[one.h9].append(str(one.key))
    groups = [cells.pop(None, [])]
    for cell in sorted((one for one in cells if one), key=lambda one: (-len(cells[one]), one)):
        around = [key for near in cells_around(cell, RINGS) for key in cells.pop(near, [])]
        groups.append(around)
    return [one for one in groups if len(one) >= LEAST]


def shown_same(account: Account) -> QuerySet[SameThing]:
    """The groups of this account's unit that nobody has joined or taken apart, the largest first;
    none for whoever only watches."""
    if oversees(account):
        return SameThing.objects.none()
    rows = SameThing.objects.filter(unit=account.unit, state=SameThing.State.FOUND)
    return rows.select_related("into__narrative").order_by("-size", "pk")


def still_open(same: SameThing) -> QuerySet[Matter]:
    """Those of a group that can still be joined, the oldest first."""
    rows = Matter.objects.filter(
        pk__in=same.keys, closed_at=None, owner_unit=same.unit_id, step__in=JOINABLE
    )
    return rows.select_related("narrative", "owner_unit").order_by("opened_at", "pk")


def gone_on(same: SameThing) -> QuerySet[Matter]:
    """Where those of a group that are still this unit's stand by now, the oldest first."""
    rows = Matter.objects.filter(pk__in=same.keys, owner_unit=same.unit_id)
    return rows.select_related("narrative", "merged_into").order_by("opened_at", "pk")


def _open(unit: int, at: datetime) -> QuerySet[Matter]:
    rows = _requests(at).filter(owner_unit=unit, closed_at=None, step__in=JOINABLE)
    return rows.order_by("-opened_at", "-pk")[:MOST]


def _background(unit: int, at: datetime) -> QuerySet[Matter]:
    return _requests(at).exclude(owner_unit=unit).order_by("-opened_at", "-pk")[:BACKGROUND]


def _requests(at: datetime) -> QuerySet[Matter]:
    linked = [code for code, one in catalogue().categories.items() if one.linked]
    return Matter.objects.filter(
        procedure="resident_request", county=None, merged_into=None, category__in=linked,
        opened_at__gte=at - WINDOW, opened_at__lte=at,
    )  # fmt: skip


def _read(rows: QuerySet[Matter]) -> tuple[dict[str, _Told], dict[str, Telling]]:
    """What is known of each, and its terms; the terms of a text that was sent often, once."""
    known: dict[str, tuple[int, ...]] = {}
    told, tellings = dict[str, _Told](), dict[str, Telling]()
    columns = ("pk", "opened_at", "category", "town", "h9", "narrative__words")
    for key, at, category, town, h9, words in rows.values_list(*columns):
        terms = known.get(words or "")
        if terms is None:
            terms = known[words or ""] = terms_of(words or "")
        told[str(key)] = _Told(key, at, category, town, h9)
        tellings[str(key)] = Telling(str(key), terms)
    return told, tellings


def _group(members: list[_Told]) -> Group:
    members = sorted(members, key=lambda one: (one.at, one.key))
    kinds = [one.category for one in members]
    commonest = max(set(kinds), key=lambda code: (kinds.count(code), code))
    town = next((one.town for one in members if one.town), "")
    return Group(tuple(one.key for one in members), commonest, town)


def units_with_news(since: datetime | None, at: datetime) -> Iterator[int]:
    """Units that got a request, or lost one, since then."""
    rows = _requests(at)
    if since is not None:
        rows = rows.filter(Q(opened_at__gt=since) | Q(stepped_at__gt=since))
    yield from rows.order_by("owner_unit").values_list("owner_unit", flat=True).distinct()
