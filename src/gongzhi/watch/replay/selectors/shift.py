"""A shift's record out of the database: a fixed number of queries, however much happened in it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from time import monotonic
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.replay.selectors.courses import (
    Leg,
    Span,
    UnitState,
    incident_spans,
    unit_spans,
)
from gongzhi.work.dispatch.models import Assignment, ResponseUnit

LONGEST = timedelta(hours=24)
BEFORE = timedelta(hours=24)
"""An incident that was opened longer before the shift isn't part of it."""
DUTY: Mapping[str, UnitState] = {
    "dispatch.unit_on_duty": "free",
    "dispatch.unit_off_duty": "off_duty",
    "dispatch.unit_paused": "busy",
    "dispatch.unit_resumed": "free",
}
FIELDS = ("id", "category", "priority", "opened_at", "closed_at", "step", "stepped_at", "lat",
          "lon", "h9", "town", "county", "procedure")  # fmt: skip


@dataclass(frozen=True)
class Window:
    """From when to when, and whose: the county's own shift for None."""

    since: datetime
    until: datetime
    county: County | None = None

    def __post_init__(self) -> None:
        """Refuses a time that ends before it begins, or is longer than a day."""
        if not timedelta(minutes=1) <= self.until - self.since <= LONGEST:
            words = _("请选一段 1 分钟到 24 小时的时间。")
            raise Refused(words, code="window", status=422, fields={"until": words})

    @property
    def seconds(self) -> int:
        """How long it is."""
        return int((self.until - self.since).total_seconds())

    @property
    def zone(self) -> ZoneInfo:
        """The clock on its wall."""
        return zone_of(self.county)

    @property
    def query(self) -> str:
        """What an address says of it: ``from=…&to=…``, and whose it is."""
        asked = {"from": self.since, "to": self.until}
        told = {name: at.isoformat(timespec="seconds") for name, at in asked.items()}
        return urlencode(told | ({"county": self.county.code} if self.county else {}))

    def at(self, moment: datetime | None) -> int | None:
        """A moment as seconds since the shift's start."""
        return None if moment is None else int((moment - self.since).total_seconds())


def zone_of(county: County | None) -> ZoneInfo:
    """The time zone in which a county's shifts are told."""
    return ZoneInfo(county.time_zone if county else timezone.get_default_timezone_name())


KEPT, AT_ONCE = 30.0, 4
"""Seconds for which what was reckoned of a past shift is told again, and of how many at once: a
page asks for it in pieces, one after the other."""
_kept: dict[Window, tuple[float, Shift]] = {}


def shift_of(window: Window) -> Shift:
    """The shift of this window; one that is over was perhaps reckoned a moment ago."""
    at = monotonic()
    for old, (since, _shift) in list(_kept.items()):
        if at - since > KEPT:
            _kept.pop(old, None)
    if window in _kept:
        return _kept[window][1]
    shift = Shift(window)
    if window.until < shift.now and len(_kept) < AT_ONCE:
        _kept[window] = at, shift
    return shift


def forget_shifts() -> None:
    """Reckon anew at the next question."""
    _kept.clear()


class Shift:
    """What was recorded of a window, reckoned once."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.now = timezone.now()

    @cached_property
    def matters(self) -> list[Matter]:
        """Incidents that were open in it, in the order in which they came."""
        since = self.window.since
        found = Matter.objects.filter(
            Q(closed_at__isnull=True) | Q(closed_at__gte=since),
            procedure="incident",
            county=self.window.county,
            opened_at__gte=since - BEFORE,
            opened_at__lt=self.window.until,
        )
        return list(found.only(*FIELDS).order_by("opened_at", "pk"))

    @cached_property
    def legs(self) -> dict[int, list[Leg]]:
        """Who went, by incident."""
        found: dict[int, list[Leg]] = defaultdict(list)
        names = ("matter", "unit", "assigned_at", "en_route_at", "on_scene_at", "cleared_at",
                 "recalled_at")  # fmt: skip
        sent = Assignment.objects.filter(matter__in=[one.pk for one in self.matters])
        for row in sent.order_by("assigned_at", "pk").values_list(*names):
            found[row[0]].append(self._leg(row))
        return found

    @cached_property
    def units(self) -> list[ResponseUnit]:
        """The units of the county, or those that an imported source's incidents name."""
        known = ResponseUnit.every.filter(county=self.window.county).select_related("station")
        if self.window.county is not None:
            known = known.filter(pk__in={leg.unit for leg in self._all_legs()})
        return list(known.order_by("code"))

    @cached_property
    def incident_courses(self) -> dict[int, list[Span]]:
        """What each incident was, from when on."""
        settled = self._settled()
        return {one.pk: self._course(one, settled.get(one.pk)) for one in self.matters}

    @cached_property
    def unit_courses(self) -> dict[int, list[Span]]:
        """What each unit was, from when on."""
        legs: dict[int, list[Leg]] = defaultdict(list)
        for leg in self._all_legs():
            legs[leg.unit].append(leg)
        duty = self._duty()
        return {
            unit.pk: unit_spans(self._duty_of(duty.get(unit.pk, ()), legs[unit.pk]), legs[unit.pk])
            for unit in self.units
        }

    def _all_legs(self) -> Iterable[Leg]:
        return (leg for legs in self.legs.values() for leg in legs)

    def _leg(self, row: Sequence[object]) -> Leg:
        incident, unit, sent, off, there, cleared, recalled = row
        at = self.window.at
        end = at(cleared or recalled)  # type: ignore[arg-type]
        begun = at(sent) or 0  # type: ignore[arg-type]
        return Leg(incident, unit, begun, at(off), at(there), end, back=cleared is None)  # type: ignore[arg-type]

    def _course(self, one: Matter, settled: datetime | None) -> list[Span]:
        legs, at = self.legs.get(one.pk, []), self.window.at
        # Many a source has no more than that there was a call.
        told = one.county_id is None or bool(legs) or one.closed_at not in (None, one.opened_at)
        return incident_spans(
            at(one.opened_at) or 0, legs, settled=at(settled), closed=at(one.closed_at), told=told
        )

    def _settled(self) -> dict[int, datetime]:
        """When those were settled to which no unit went."""
        asked = [f"matters.matter:{one.pk}" for one in self.matters if one.pk not in self.legs]
        steps = Entry.objects.filter(subject__in=asked, kind="matters.step_taken")
        return {
            int(entry.subject.rpartition(":")[2]): entry.at
            for entry in steps.only("subject", "at", "text").order_by("seq")
            if json.loads(entry.text).get("step") in ("settled", "cleared")
        }

    def _duty(self) -> dict[int, list[tuple[int, UnitState]]]:
        """Changes of duty within the window, and before it the last one of each unit."""
        if self.window.county is not None:
            return {}
        changes = Entry.objects.filter(kind__in=DUTY, at__lt=self.window.until)
        before = changes.filter(at__lt=self.window.since).values("subject")
        last = before.annotate(last=Max("seq")).values("last")
        found: dict[int, list[tuple[int, UnitState]]] = defaultdict(list)
        wanted = changes.filter(Q(at__gte=self.window.since) | Q(seq__in=last))
        for subject, kind, at in wanted.order_by("at", "seq").values_list("subject", "kind", "at"):
            unit = int(subject.rpartition(":")[2])
            found[unit].append((self.window.at(at) or 0, DUTY[kind]))
        return found

    def _duty_of(
        self, told: Sequence[tuple[int, UnitState]], legs: Sequence[Leg]
    ) -> list[tuple[int, UnitState]]:
        """With how it was before the first change: of a unit that was sent, on duty."""
        if told and told[0][0] <= 0:
            return list(told)
        first: UnitState = "free" if legs and not told else "off_duty"
        begin = min([0, *(leg.sent for leg in legs)])
        return [(begin, first), *told]
