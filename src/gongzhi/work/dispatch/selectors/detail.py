"""The right side of the console: one incident with all that its next step needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import subject_of
from gongzhi.base.matters.clocks.showing import clocks_of
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.models import Account
from gongzhi.base.places.areas import area_of
from gongzhi.base.ui.context import address
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.selectors import answers_of, calls_of, likely_same
from gongzhi.work.calls.selectors.here import here_of
from gongzhi.work.calls.selectors.premises import Premises, premises_at
from gongzhi.work.dispatch.board import Assigned, CallRow, Detail, Duplicate, Went
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.pace import there_in
from gongzhi.work.dispatch.permissions import ASSIGN, PROGRESS
from gongzhi.work.dispatch.selectors.card import role_words
from gongzhi.work.dispatch.selectors.card_shown import card_shown
from gongzhi.work.dispatch.selectors.landing import arrival_of
from gongzhi.work.dispatch.selectors.limits import stays_of
from gongzhi.work.dispatch.selectors.linking import linking_of
from gongzhi.work.dispatch.selectors.offers import unexplained
from gongzhi.work.dispatch.selectors.queue import WAITING, place_of
from gongzhi.work.dispatch.selectors.steps import bar, choices
from gongzhi.work.dispatch.selectors.units import TONES, sign_of
from gongzhi.work.dispatch.states import OPEN_TO_UNITS, WORKED, Status, finer_statuses
from gongzhi.work.participation.permissions import oversees


def incident_of(key: int) -> Matter:
    """The incident of this id. Refuses (404) what is none."""
    found = Matter.objects.filter(procedure__in=WORKED, pk=key)
    matter = found.select_related("narrative", "owner_unit", "county", "merged_into").first()
    if matter is None:
        raise Refused(_("没有找到这件警情。"), code="no_such_incident", status=404)
    return matter


def shown_to(who: Account, key: int) -> Matter:
    """What the console opens for this person: an incident, or an imported source's request for
    those who watch over requests. Refuses (404) everything else."""
    imported = Matter.objects.filter(county__isnull=False, procedure="resident_request", pk=key)
    found = imported.select_related("narrative", "owner_unit", "county", "merged_into")
    matter = found.first() if oversees(who) else None
    return matter or incident_of(key)


def detail_of(matter: Matter, who: Account, units: Iterable[ResponseUnit]) -> Detail:
    """Everything about one incident, as this person may see it."""
    own = matter.county_id is None
    may_assign = may_send(matter, who)
    assigned, heard = _assigned(matter, who), _heard(matter, who)
    linking = linking_of(matter, who)
    shown = card_shown(matter, units, may_assign, linking.suggested) if own else (None, [])
    card, others = shown
    return Detail(
        id=matter.pk,
        subject=subject_of(matter),
        number=matter.number,
        title=matter.title,
        priority=matter.priority,
        steps=bar(matter),
        place=place_of(matter) or _("没有说明地点"),
        place_note=areas_of_place(matter),
        lat=matter.lat,
        lon=matter.lon,
        source=_source(matter),
        received_at=matter.opened_at,
        closed_at=matter.closed_at,
        waiting=matter.step in WAITING,
        owner=str(matter.owner_unit),
        words=matter.narrative.words,
        answers=answers_of(matter),
        caller=caller_of(matter),
        caller_url=caller_url_of(matter),
        calls=len(heard) or 1,
        heard=heard if len(heard) > 1 else (),
        clocks=[clock for clock in clocks_of(matter) if clock.state != "met"],
        assigned=assigned,
        went=_went(matter),
        card=card,
        recommended=others,
        duplicates=_duplicates(matter) if own and not matter.closed_at else (),
        linking=linking,
        choices=choices(matter, who),
        dispositions=dispositions_of(matter),
        happenings=timeline(matter),
        is_request=matter.procedure != "incident",
        referred=_referred(matter, who) if own else "",
        here=here_of(matter) if own and not matter.closed_at else None,
        may_here=own and not matter.closed_at and may(who, "calls.take_call"),
        premises=premises_of(matter) if own else None,
        warn_url=_warn_url(matter) if own and may(who, "prevention.write_warning") else "",
        may_note=own and may(who, "matters.view_matter"),
        may_assign=may_assign,
        may_grade=own and not matter.closed_at and may(who, "matters.change_priority"),
    )


def _referred(matter: Matter, who: Account) -> Literal["", "sent", "accepted"]:
    if matter.step != "referred" or not may(who, "matters.hand_over"):
        return ""
    return "accepted" if matter.owner_id else "sent"


def premises_of(matter: Matter) -> Premises | None:
    """What is known of its place; two queries, none where it has none."""
    if matter.point is None:
        return None
    known = premises_at(matter.point, place=matter.narrative.place, besides=matter.pk)
    return known or None


def _warn_url(matter: Matter) -> str:
    """With the place and the category filled in; the room above us may not be there."""
    new = address("warnings:new")
    if not new or matter.lat is None or matter.lon is None or matter.closed_at:
        return ""
    return f"{new}?{urlencode({'lat': matter.lat, 'lon': matter.lon, 'category': matter.category})}"


def _heard(matter: Matter, who: Account) -> list[CallRow]:
    """Its calls, the first one first; which can be put elsewhere, for those who may."""
    moves = matter.county_id is None and may(who, "calls.take_call")
    return [
        CallRow(
            at=call.received_at,
            channel=call.get_channel_display(),
            words=call.words,
            joined=call.joined,
            move_url=reverse("calls:move", args=[call.pk]) if moves and call.joined else "",
        )
        for call in calls_of(matter)
    ]


def may_send(matter: Matter, who: Account) -> bool:
    """Whether this person can send a unit to the incident now."""
    return matter.county_id is None and matter.step in OPEN_TO_UNITS and may(who, ASSIGN)


def areas_of_place(matter: Matter) -> str:
    """Town and beat; or that it is at sea, or nowhere on the map yet."""
    if matter.point is None:
        return _("还没有在地图上定位")
    if matter.county is not None:
        return str(matter.county)
    found = [area_of(matter.point, kind) for kind in ("town", "beat")]
    names = [str(area) for area in found if area is not None]
    return " · ".join(names) or _("海上")


def _source(matter: Matter) -> str:
    known = dict(Call.Channel.choices)
    return str(known.get(matter.channel, matter.channel))


def caller_of(matter: Matter) -> str:
    """That somebody's contact details are there; who it is, only the page that logs it shows."""
    return _("已登记，未显示") if matter.parties.exists() else ""


def caller_url_of(matter: Matter) -> str:
    """The page where one says what for, and then sees them."""
    party = matter.parties.order_by("pk").first()
    try:
        return reverse("people:contact", args=[party.person_id]) if party else ""
    except NoReverseMatch:  # a county may run without the pages about persons
        return ""


def _assigned(matter: Matter, who: Account) -> list[Assigned]:
    active = Assignment.objects.filter(ACTIVE, matter=matter).select_related("matter")
    reports, sends = may(who, PROGRESS), may(who, ASSIGN)
    found = []
    rows = active.select_related("unit__station", "passed_over").order_by("assigned_at")
    for assignment in rows:
        unit = assignment.unit
        trip = None if unit.status == Status.ON_SCENE else arrival_of(assignment)
        eta = timedelta(seconds=there_in(trip.seconds, matter.priority)) if trip else None
        left = unit.seen_at and eta and unit.seen_at + eta
        sign = sign_of(unit)
        found.append(
            Assigned(
                unit_id=unit.pk,
                name=str(unit),
                sign=sign,
                status=unit.status_words,
                tone=TONES[sign],
                since=unit.status_since,
                eta_at=left if left and left > timezone.now() else None,
                next=NEXT.get(unit.status, "") if reports else "",
                may_recall=sends,
                role=role_words(matter, assignment.role),
                stays=[stay.clock for stay in stays_of(unit, assignment)],
                finer=[(one.code, str(one.name)) for one in finer_statuses(unit.status)]
                if reports
                else (),
                sub_status=unit.sub_status,
                **(unexplained(assignment) if sends else {}),
            )
        )
    return found


def _went(matter: Matter) -> list[Went]:
    """The units whose part in it is over, in the order in which they were sent."""
    over = Assignment.objects.filter(matter=matter).exclude(ACTIVE).select_related("unit")
    return [
        Went(
            name=str(one.unit),
            assigned_at=one.assigned_at,
            on_scene_at=one.on_scene_at,
            ended_at=ended,
            recalled=one.recalled_at is not None,
        )
        for one in over.order_by("assigned_at", "pk")
        if (ended := one.cleared_at or one.recalled_at)
    ]


NEXT = {
    Status.DISPATCHED.value: "set_off",
    Status.EN_ROUTE.value: "arrive",
    Status.ON_SCENE.value: "clear",
}
"""What a crew reports next, by what its unit is doing."""


def _duplicates(matter: Matter) -> list[Duplicate]:
    """Open incidents that came before and may be the same; the likeliest first."""
    if matter.point is None:
        return []
    words = matter.narrative.words
    found = likely_same(matter.point, matter.category, matter.opened_at, words=words)
    return [
        Duplicate(one.matter.pk, one.matter.number, one.matter.title, one.why)
        for one in found
        if one.matter.pk != matter.pk and one.matter.closed_at is None
    ]


def dispositions_of(matter: Matter) -> list[tuple[str, str]]:
    """The outcomes that can be reported now: code and words."""
    step = matter.version_item.step("cleared")
    known = step.elements[0].choices if step else ()
    return [(one.code, str(one)) for one in known if one.offered]
