"""Forgetting what is held under one code, each kind of matter by the app that keeps it. That it
happened stays, and the log still verifies."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints import actions as complaints
from gongzhi.work.dossier.obstacles import require_no_obstacle
from gongzhi.work.participation.actions.erasing import erase_own
from gongzhi.work.participation.models import Receipt
from gongzhi.work.proposals.actions.proposing import erase_proposal
from gongzhi.work.public_services.actions.following import erase_words as erase_application

SELF = Actor.system("resident_asked")
ERASERS = {
    "request": erase_own,
    "complaint": complaints.erase_words,
    "application": erase_application,
    "proposal": erase_proposal,
}
"""By the kind of matter. An incident's words are several people's, and a case's file has to be
whole: both have their own way, by two people."""


def forget(receipt: Receipt) -> None:
    """Erase what this code's owner told and who it was. Refuses what the law keeps, and what is
    erased another way."""
    if not receipt.joined:
        require_no_obstacle(receipt.matter, None)
    eraser = ERASERS.get(receipt.matter.procedure_item.kind)
    if eraser is None:
        raise Refused(
            _("警情和案件里的内容不止一个人的，请在“清除内容”“清除案卷”里按规定办，再回来答复本人。"),
            code="other_way", status=409,
        )  # fmt: skip
    eraser(SELF, receipt)
