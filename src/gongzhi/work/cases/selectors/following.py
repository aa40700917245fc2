"""What a party or victim may know of a case: its stage, what comes next and until when, by which
law, and how to complain. Nothing about anybody else: no names, no measures, no timeline; and of
the limits of one person only their own."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.matters.clocks.showing import shown
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.matters.way import stops_of, usual_next
from gongzhi.base.people.models import Person
from gongzhi.base.people.selectors import Read, reads_of
from gongzhi.base.ui.parts import Clock
from gongzhi.base.ui.parts import Step as Stop
from gongzhi.work.cases.models import Case, PartyReceipt
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.more import FollowPart


def part_for(matter: Matter, receipt: Receipt) -> FollowPart | None:
    """The case itself, or the one that the incident led to."""
    found = Case.objects.filter(pk=matter.pk) | Case.objects.filter(incident=matter)
    case = found.select_related("matter__owner_unit", "matter__merged_into").order_by("-pk").first()
    if case is None:
        return None
    own = PartyReceipt.objects.filter(receipt=receipt).select_related("party__person").first()
    goes_on = case.matter.merged_into or case.matter
    return FollowPart(
        "cases/follow.html",
        {
            "case": case,
            "matter": goes_on,
            "merged": goes_on is not case.matter,
            "stops": _near(_shown(stops_of(goes_on), goes_on)),
            "next": _next(goes_on),
            "clocks": _clocks(goes_on, own.party if own else None),
            "looks": looks_of(case.matter, own.party.person) if own else [],
            "looks_kept": own is not None and keeps_looks(case.matter),
        },
    )


def keeps_looks(matter: Matter) -> bool:
    """Whether the law keeps from a party, for now, who looked at what is held of them: while a
    crime is investigated, telling them would tell how (PIPL art. 35)."""
    return matter.procedure == "criminal_case" and matter.closed_at is None


def looks_of(matter: Matter, person: Person) -> list[Read]:
    """Who looked at a party's details, as far as the party may know now."""
    return [] if keeps_looks(matter) else reads_of(person)


def _shown(stops: list[Stop], matter: Matter) -> list[Stop]:
    """The stops without the names of those that tell of somebody's custody: these are part of the
    investigation, whoever looks."""
    hidden = {str(one.name) for one in matter.version_item.steps if one.custody}
    told = list[Stop]()
    for stop in stops:
        if stop.words not in hidden:
            told.append(stop)
        elif stop.state == "now":
            told.append(replace(stop, words=_("继续调查")))
    return told


def _near(stops: list[Stop]) -> list[Stop]:
    """The stops around where it stands and the last one, so that a phone shows them at a glance."""
    at = next((n for n, stop in enumerate(stops) if stop.state == "now"), len(stops) - 1)
    near = {at - 1, at, at + 1, at + 2, len(stops) - 1}
    return [stop for n, stop in enumerate(stops) if n in near]


def _next(matter: Matter) -> Step | None:
    step = None if matter.closed_at is not None else usual_next(matter)
    return None if step is not None and step.custody else step


def _clocks(matter: Matter, own: Party | None) -> list[Clock]:
    """The limits of the case's own course, those that its steps begin for nobody in particular;
    and the own ones of whoever asks, of their liberty first. Nobody else's, whatever they are."""
    steps = matter.version_item.steps
    begun = {move.removeprefix("begin:") for one in steps for move in one.moves}
    mine = Q(party=None, clock__in=begun)
    if own is not None:
        mine |= Q(party=own)
    running = matter.clocks.filter(mine, stopped_at=None)
    return [
        replace(one, whose="") for one in shown(running) if one.party is not None or not one.custody
    ]
