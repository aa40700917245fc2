"""What a party or victim may know of a case: its stage, what comes next and until when, by which
law, and how to complain. Nothing about anybody else: no names, no measures, no timeline."""

from __future__ import annotations

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.selectors import Read, reads_of
from gongzhi.base.ui.parts import Clock
from gongzhi.base.ui.parts import Step as Stop
from gongzhi.work.cases.models import Case, PartyReceipt
from gongzhi.work.cases.selectors.course import stops_of, usual_next
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.more import FollowPart


def part_for(matter: Matter, receipt: Receipt) -> FollowPart | None:
    """The case itself, or the one that the incident led to."""
    own = Case.objects.filter(pk=matter.pk) | Case.objects.filter(incident=matter)
    case = own.select_related("matter__owner_unit", "matter__merged_into").order_by("-pk").first()
    if case is None:
        return None
    goes_on = case.matter.merged_into or case.matter
    return FollowPart(
        "cases/follow.html",
        {
            "case": case,
            "matter": goes_on,
            "merged": goes_on is not case.matter,
            "stops": _near(stops_of(goes_on)),
            "next": _next(goes_on),
            "clocks": _clocks(goes_on),
            "looks": _looks(receipt),
        },
    )


def _near(stops: list[Stop]) -> list[Stop]:
    """The stops around where it stands and the last one, so that a phone shows them at a glance."""
    at = next((n for n, stop in enumerate(stops) if stop.state == "now"), len(stops) - 1)
    near = {at - 1, at, at + 1, at + 2, len(stops) - 1}
    return [stop for n, stop in enumerate(stops) if n in near]


def _next(matter: Matter) -> Step | None:
    return None if matter.closed_at is not None else usual_next(matter)


def _clocks(matter: Matter) -> list[Clock]:
    """The limits of the case's own course: those that its steps begin, and no measure against
    somebody does."""
    steps = matter.version_item.steps
    begun = {move.removeprefix("begin:") for one in steps for move in one.moves}
    own = {run.clock_item.name.zh: run for run in matter.clocks.filter(clock__in=begun)
           if run.clock_item}  # fmt: skip
    names = {str(run.clock_item.name) for run in own.values() if run.clock_item}
    return [
        one for one in clocks_of(matter)
        if one.words in names and one.stopped_at is None and not one.custody
    ]  # fmt: skip


def _looks(receipt: Receipt) -> list[Read]:
    """Who has looked at the details of whoever holds the receipt, and at nobody else's."""
    own = PartyReceipt.objects.filter(receipt=receipt).select_related("party__person").first()
    return reads_of(own.party.person) if own else []
