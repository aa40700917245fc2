"""What the author of a proposal sees by the code."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.more import FollowPart, fresh_code
from gongzhi.work.proposals.models import Proposal
from gongzhi.work.proposals.selectors.proposals import line_of, proposal_of_matter


def part_for(matter: Matter, receipt: Receipt) -> FollowPart | None:
    """The proposal: its page, its phase, its removal and appeal, what its author may do."""
    proposal = proposal_of_matter(matter.pk)
    if proposal is None:
        return None
    can = {one.code for one in matter.version_item.steps if matter.step in one.may_follow}
    removal = getattr(proposal, "removal", None)
    told = {
        "proposal": proposal, "matter": matter, "code": fresh_code(receipt),
        "stops": line_of(proposal), "removal": removal,
        "rule": catalogue().moderation.get(removal.rule) if removal else None,
        "may_withdraw": "withdrawn" in can,
        "may_erase": matter.closed_at is not None and bool(matter.narrative.words),
    }  # fmt: skip
    return FollowPart("proposals/follow.html", told, title=proposal.title)


def own_proposal(receipt: Receipt) -> Proposal:
    """The receipt's proposal. Refuses the receipt of anything else."""
    found = proposal_of_matter(receipt.matter_id)
    if found is None:
        raise Refused(_("这里只能看进度。"), code="only_followed", status=409)
    return found
