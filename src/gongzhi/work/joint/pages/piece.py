"""What the pages of requests show of joint handling: parts, questions that went outside, groups."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.parts import parts_of
from gongzhi.base.people.models import Account
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.joint.actions.outside import DAYS
from gongzhi.work.joint.actions.parts import SPLIT_AT
from gongzhi.work.joint.models import AskedOutside
from gongzhi.work.joint.permissions import ANSWER
from gongzhi.work.joint.selectors.emergency import URGENT_AT, incident_categories
from gongzhi.work.joint.selectors.parts import asked_outside, units_to_ask
from gongzhi.work.joint.selectors.same import shown_same
from gongzhi.work.participation.actions.reminding import REMIND
from gongzhi.work.participation.selectors.reminding import may_be_reminded, was_reminded

STEP, MOST = "matters.take_step", 4


def joint_of_request(request: HttpRequest, key: int) -> Drawn | None:
    """Parts with how far they are, questions that went outside, and the forms for more of both."""
    matter = Matter.objects.filter(pk=key).select_related("owner_unit").first()
    account = request.user
    if matter is None or not isinstance(account, Account):
        return None
    ours = account.unit_id == matter.owner_unit_id and may(account, ANSWER)
    parts, outside = parts_of(matter), asked_outside(matter)
    may_split = ours and matter.step in SPLIT_AT
    reminds = not ours and may(account, REMIND) and may_be_reminded(matter)
    if not (parts or outside or ours or reminds):
        return None
    emergencies = incident_categories() if ours and matter.step in URGENT_AT else []
    return "joint/_of_request.html", {
        "emergencies": emergencies, "reminds": reminds,
        "reminded": reminds and was_reminded(matter),
        "matter": matter, "parts": parts, "outside": outside, "may_split": may_split,
        "may_ask": ours and matter.closed_at is None, "kinds": AskedOutside.Kind.choices,
        "days": DAYS, "units": units_to_ask(matter) if may_split else [], "ours": ours,
    }  # fmt: skip


def same_in_inbox(request: HttpRequest) -> Drawn | None:
    """What many say at once, above the list: own unit's requests, in numbers."""
    account = request.user
    if not isinstance(account, Account) or not may(account, STEP):
        return None
    groups = list(shown_same(account)[:MOST])
    return ("joint/_same.html", {"groups": groups}) if groups else None
