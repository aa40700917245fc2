"""Votes at a counter: for somebody without a phone of their own, who shows a paper instead."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import events
from gongzhi.work.proposals.keys import rights_key
from gongzhi.work.proposals.models import Vote
from gongzhi.work.proposals.permissions import GIVE
from gongzhi.work.proposals.rights import mark_in, right_for
from gongzhi.work.proposals.signing import require_running, sign_once
from gongzhi.work.public_services.fields import id_number


@action
def give_right(by: Actor, vote: Vote, number: str) -> str:
    """The code with which whoever showed this paper gets one ballot. Neither the number nor the
    code is kept, and whether they voted before isn't told: their own screen will say so.

    Refuses (422) what is no number of a paper, and a vote that doesn't run."""
    require(by, GIVE)
    held = require_running(vote)
    written, wrong = id_number(number)
    if wrong:
        raise Refused(wrong, code="paper", status=422, fields={"number": wrong})
    record(events.RIGHT_GIVEN, held)
    return right_for(rights_key(held), written)


@action
def sign_for_right(by: Actor, vote: Vote, *, right: str, blinded: bytes) -> bytes:
    """Sign for whoever holds a code of a counter. Refuses (422) one that no counter gave here."""
    held = require_running(vote)
    mark = mark_in(rights_key(held), right)
    if mark is None:
        wrong = _("窗口没有给过这个号，请照着纸条再核对一遍。")
        raise Refused(wrong, code="right", status=422, fields={"right": wrong})
    return sign_once(held, mark, blinded, counter=True)
