"""Rosters, shifts, offers by their numbers; and what somebody sees of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.permissions import looks_after
from gongzhi.work.workforce.officers.selectors.away import leave_of_days
from gongzhi.work.workforce.officers.selectors.units import units_for
from gongzhi.work.workforce.officers.states import LeaveState
from gongzhi.work.workforce.rosters.models import Duty, Offer, Repair, Roster
from gongzhi.work.workforce.rosters.states import ABSENT, OfferState, RepairState, State

STANDING = (RepairState.ACCEPTED, RepairState.UNFILLED)
LATELY = timedelta(days=14)
"""So long somebody is reminded of leave that they didn't ask for."""


def rosters_for(account: Account) -> list[Roster]:
    """Of the units that the account looks after, the latest month first. Three queries."""
    units = units_for(account)
    rows = Roster.objects.filter(unit__in=units).select_related("unit__parent__parent")
    return list(rows.order_by("-month", "unit_id")[:60])


def roster_for(account: Account, key: int) -> Roster:
    """One that the account may see. Refuses (404) others."""
    found = Roster.objects.select_related("unit__parent__parent").filter(pk=key).first()
    if found is None or not looks_after(account, found.unit):
        raise Refused(_("没有这张班表，或者不归您管。"), code="no_such_roster", status=404)
    return found


def unit_of(account: Account, key: str) -> Unit:
    """The unit that a roster is asked for."""
    for one in units_for(account):
        if str(one.pk) == key:
            return one
    raise Refused(_("请选一个归您管的单位。"), code="unit", status=422)


def duty_of(key: int) -> Duty:
    """A published shift. Refuses (404) what is none."""
    rows = Duty.objects.select_related("roster__unit__parent", "account__unit")
    found = rows.filter(pk=key, roster__state=State.PUBLISHED).exclude(shift="").first()
    if found is None:
        raise Refused(_("没有这个班，可能刚改过。"), code="no_such_duty", status=404)
    return found


def offer_of(key: int) -> Offer:
    """An offer. Refuses (404) what is none."""
    rows = Offer.objects.select_related(
        "duty__roster__unit__parent", "duty__account", "giver", "taker", "wanted__account"
    )
    found = rows.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个换班。"), code="no_such_offer", status=404)
    return found


def repair_of(key: int) -> Repair:
    """A proposal. Refuses (404) what is none."""
    found = Repair.objects.select_related("roster__unit__parent", "account").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个补班方案。"), code="no_such_repair", status=404)
    return found


def published(account: Account, since: date) -> QuerySet[Duty]:
    """Somebody's published shifts from a day on."""
    rows = Duty.objects.filter(account=account, roster__state=State.PUBLISHED, day__gte=since)
    return rows.exclude(shift="").select_related("roster").order_by("day")


@dataclass(frozen=True)
class Told:
    """Somebody who can't come, and whether they have asked for leave (None: not yet)."""

    repair: Repair
    leave: LeaveState | None


def repairs_of(roster: Roster) -> tuple[list[Told], list[Told]]:
    """Proposals that wait for the planner, and what was decided of days that aren't over."""
    rows = roster.repairs.select_related("account").order_by("first_day", "pk")
    return (
        [_told(one) for one in rows.filter(state=RepairState.PROPOSED)],
        [_told(one) for one in rows.filter(state__in=STANDING, last_day__gte=today())],
    )


def _told(one: Repair) -> Told:
    return Told(one, leave_of_days(one.account, one.first_day, one.last_day))


def without_leave(account: Account) -> list[Repair]:
    """Days on which somebody couldn't come lately, or won't, and hasn't asked for leave."""
    rows = Repair.objects.filter(
        account=account, state__in=ABSENT, last_day__gte=today() - LATELY
    ).order_by("first_day")
    return [one for one in rows if leave_of_days(account, one.first_day, one.last_day) is None]


def offers_of(roster: Roster) -> list[Offer]:
    """Exchanges that wait for the planner. One query."""
    offers = Offer.objects.filter(duty__roster=roster, state=OfferState.TAKEN)
    return list(offers.select_related("giver", "taker", "duty", "wanted").order_by("duty__day"))
