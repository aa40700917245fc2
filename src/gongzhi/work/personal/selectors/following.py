"""What somebody sees of their request by its code; and where others find what is held of them."""

from __future__ import annotations

from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.way import stops_of, told_at_steps, usual_next
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.more import FollowPart, fresh_code
from gongzhi.work.personal.law import cited
from gongzhi.work.personal.models import PersonalRequest


def part_for(matter: Matter, receipt: Receipt) -> FollowPart | None:
    """The request itself; for whoever follows anything else, the way to their own data."""
    one = PersonalRequest.objects.filter(pk=matter.pk).select_related("matter", "about").first()
    if one is None:
        return FollowPart("personal/offer.html")
    title = str(one.get_asks_display())
    return FollowPart("personal/follow.html", _told(one, receipt), title=title)


def _told(one: PersonalRequest, receipt: Receipt) -> dict[str, object]:
    matter = one.matter
    can = {step.code for step in matter.version_item.steps if matter.step in step.may_follow}
    return {
        "one": one,
        "matter": matter,
        "law": cited(one.asks),
        "code": fresh_code(receipt),
        "stops": stops_of(matter),
        "next": None if matter.closed_at is not None else usual_next(matter),
        "clocks": [due for due in clocks_of(matter) if due.stopped_at is None],
        "answers": told_at_steps(matter),
        "may_withdraw": "withdrawn" in can,
    }
