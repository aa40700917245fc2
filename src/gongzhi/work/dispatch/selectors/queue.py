"""The queue: which incidents, in which order, and what a row of it says."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from gongzhi.base.matters.clocks.showing import running_clocks
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.models import County
from gongzhi.base.ui.parts import Clock, Tone
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.selectors import told_of
from gongzhi.work.dispatch.board import QueueRow, Tallies
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.selectors.limits import stays_of
from gongzhi.work.dispatch.states import Status
from gongzhi.work.participation.permissions import oversees

MOST = 100
"""Rows drawn at once; the count beside the filter says how many there are."""
WAITING = ("received", "unassigned")
WORKING = ("dispatched", "en_route", "on_scene")
SHOWS = ("open", "mine", "all", "drill")
"""``drill``: what is only practised, apart from all that is real."""
TONES: dict[str, Tone] = {
    "received": "warn", "unassigned": "warn", "dispatched": "note", "en_route": "note",
    "on_scene": "good",
}  # fmt: skip


def incidents(county: County | None = None) -> QuerySet[Matter]:
    """Incidents of the county itself, or of an imported source."""
    return Matter.objects.filter(procedure="incident", county=county)


def drills(county: County | None = None) -> QuerySet[Matter]:
    """What is only practised; in no other list and in no count."""
    return Matter.objects.filter(procedure="drill", county=county)


def listed(who: Account, county: County | None = None) -> QuerySet[Matter]:
    """What this person's console is about: incidents, and an imported source's requests for
    those who watch over requests."""
    if county is None or not oversees(who):
        return incidents(county)
    return Matter.objects.filter(county=county)


def shown(who: Account, show: str, q: str = "", county: County | None = None) -> QuerySet[Matter]:
    """Those that the filter and the search leave, in the order in which they want a hand."""
    found = drills(county) if show == "drill" else listed(who, county)
    if show != "all":
        found = found.filter(closed_at__isnull=True)
    if show == "mine":
        found = found.filter(_mine(who))
    if q.strip():
        found = found.filter(_matching(q.strip(), county))
    if show == "all":
        return found.order_by("-opened_at")
    done = When(step__in=("cleared", "settled", "referred"), then=Value(1))
    last = Case(done, default=Value(0), output_field=IntegerField())
    return found.order_by(last, "priority", "opened_at")


def filter_counts(who: Account, county: County | None = None) -> dict[str, int]:
    """How many incidents each filter holds."""
    still = Q(closed_at__isnull=True)
    opened = listed(who, county).filter(still)
    counted = opened.aggregate(open=Count("pk"), mine=Count("pk", filter=_mine(who)))
    practised = drills(county).filter(still).count()
    return {**counted, "all": listed(who, county).count(), "drill": practised}


def tallies(who: Account, county: County | None = None) -> Tallies:
    """The top bar."""
    opened = listed(who, county).filter(closed_at__isnull=True)
    matters = opened.aggregate(
        waiting=Count("pk", filter=Q(step__in=WAITING)),
        working=Count("pk", filter=Q(step__in=WORKING)),
    )
    units = ResponseUnit.objects.exclude(status=Status.OFF_DUTY).aggregate(
        on_duty=Count("pk"), free=Count("pk", filter=Q(status=Status.FREE))
    )
    return Tallies(matters["waiting"], matters["working"], units["free"], units["on_duty"])


def rows(found: QuerySet[Matter]) -> list[QueueRow]:
    """The first `MOST` rows; the same number of queries however many there are."""
    active = Assignment.objects.filter(ACTIVE).select_related("unit").order_by("assigned_at")
    drawn = list(
        found.select_related("narrative").prefetch_related(
            Prefetch("assignments", active, to_attr="at_work")
        )[:MOST]
    )
    keys = [matter.pk for matter in drawn]
    calls, clocks = _calls(keys), running_clocks(keys)
    return [
        _row(matter, calls.get(matter.pk, 1), next(iter(clocks[matter.pk]), None))
        for matter in drawn
    ]


def place_of(matter: Matter) -> str:
    """The address as it was told; empty when none was."""
    narrative = getattr(matter, "narrative", None)
    return narrative.place if narrative else ""


def _row(matter: Matter, calls: int, clock: Clock | None) -> QueueRow:
    at_work: Sequence[Assignment] = getattr(matter, "at_work", ())
    stays = [stay for one in at_work for stay in stays_of(one.unit, one)]
    return QueueRow(
        id=matter.pk,
        priority=matter.priority,
        title=matter.title,
        place=place_of(matter),
        state=_state(matter),
        tone=TONES.get(matter.step, "plain"),
        received_at=matter.opened_at,
        closed_at=matter.closed_at,
        clock=clock,
        calls=calls,
        units=[str(assignment.unit) for assignment in at_work],
        stay=min(stays, key=lambda one: one.due_at).clock if stays else None,
    )


def _state(matter: Matter) -> str:
    waits = matter.procedure == "incident" and matter.step == "received"
    return _("待派") if waits else str(matter.step_item.name)


def _calls(keys: Collection[int]) -> dict[int, int]:
    counted = Call.objects.filter(matter__in=keys).values("matter").annotate(n=Count("pk"))
    return {row["matter"]: row["n"] for row in counted}


def _mine(who: Account) -> Q:
    """Sent by me, or my station's."""
    sent = Assignment.objects.filter(assigned_by=who).values("matter")
    return Q(pk__in=sent) | Q(owner_unit=who.unit_id) | Q(owner=who.pk)


def _matching(q: str, county: County | None) -> Q:
    """By number, kind of incident, address, or the call sign of a unit on it; of a past source,
    of one that was."""
    named = Q(name_zh__icontains=q) | Q(name_en__icontains=q)
    units = ResponseUnit.every.filter(named, county=county)
    on_it = Assignment.objects.filter(unit__in=units).values("matter")
    on_it = on_it if county else on_it.filter(ACTIVE)
    return told_of(q) | Q(pk__in=on_it)
