"""What a complainant sees by the code; and where others who follow a matter can complain."""

from __future__ import annotations

from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.way import stops_of, told_at_steps, usual_next
from gongzhi.base.people.selectors import Read, reads_of
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.more import FollowPart, fresh_code

"""As long as this browser is let in without it."""
OFFERED = ("incident", "case")
"""Kinds of matters that police deal with, and whose followers are told where to complain."""


def part_for(matter: Matter, receipt: Receipt) -> FollowPart | None:
    """The complaint itself; for whoever follows an incident or a case, where to complain."""
    complaint = Complaint.objects.filter(pk=matter.pk).select_related("unit").first()
    if complaint is not None:
        return FollowPart("complaints/follow.html", _told(complaint, matter, receipt))
    if matter.procedure_item.kind in OFFERED:
        return FollowPart("complaints/offer.html")
    return None


def _told(complaint: Complaint, matter: Matter, receipt: Receipt) -> dict[str, object]:
    can = {one.code for one in matter.version_item.steps if matter.step in one.may_follow}
    return {
        "complaint": complaint,
        "matter": matter,
        "code": fresh_code(receipt),
        "stops": stops_of(matter),
        "next": None if matter.closed_at is not None else usual_next(matter),
        "clocks": [one for one in clocks_of(matter) if one.stopped_at is None],
        "answers": told_at_steps(matter),
        "words": matter.narrative.words,
        "photos": matter.attachments.all(),
        "looks": _looks(matter),
        "may_withdraw": "withdrawn" in can,
        "may_review": "review_asked" in can,
        "may_erase": matter.closed_at is not None and bool(matter.narrative.words),
    }


def _looks(matter: Matter) -> list[Read]:
    party = matter.parties.select_related("person").first()
    return reads_of(party.person) if party else []
