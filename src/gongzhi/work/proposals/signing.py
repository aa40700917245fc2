"""Signing a ballot inside an open action, for whoever proved that they may have one."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now, record
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import blind, events
from gongzhi.work.proposals.keys import boxes_of, signing_key
from gongzhi.work.proposals.models import Box, Vote

COUNTER = "counter"
"""Beside the mark of somebody who showed a paper at a counter: how many did is published."""


def sign_once(held: Vote, mark: str, blinded: bytes, *, counter: bool = False) -> bytes:
    """Sign inside an open action, for a vote that is held: what was sent is remembered under the
    mark, so that nothing else is ever signed for it."""
    marks, sent = boxes_of(held, Box.Kind.MARKS), hashlib.sha256(blinded).hexdigest()
    before = marks.find(mark)
    if before is not None and before[0] != sent:
        raise Refused(
            _("这个号码在这次投票里已经领过选票，一人一票。换了浏览器的，请回原来的浏览器投出去。"),
            code="signed_before", status=409,
        )  # fmt: skip
    try:
        signed = blind.blind_sign(signing_key(held), blinded)
    except blind.NotBlinded as wrong:
        raise Refused(_("选票不完整，请刷新页面再试。"), code="not_blinded", status=422) from wrong
    if before is None:
        marks.put(mark, [sent, COUNTER] if counter else [sent])
    record(events.BALLOT_SIGNED, held, again=before is not None)
    return signed


def require_running(vote: Vote) -> Vote:
    """The vote as it is now, locked. Refuses one that hasn't begun or is over."""
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if held.counted_at or now() >= held.closes_at:
        raise Refused(_("投票已经结束，没有计入。结果在这一页公布。"), code="vote_over", status=409)
    if not held.opened_at:
        raise Refused(_("投票还没有开始。"), code="vote_not_open", status=409)
    return held
