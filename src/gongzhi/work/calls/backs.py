"""Calling back: how soon, and when one may stop trying. Nothing is written here.

NENA-STA-020.1-2020 (9-1-1 Call Processing): nine of ten calls are answered within 15 seconds;
whoever hung up or did not speak is called back at once, and what was tried is noted.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.models import Ring

ANSWER_WITHIN = timedelta(seconds=15)
"""A call that rings longer turns grave."""
WITHIN = timedelta(minutes=3)
"""How soon somebody should have called back."""
TRIES = 2
"""How often it is tried before one may give up."""
OUTCOMES = {
    "misdial": gettext_lazy("打通了：按错了，没有事"),
    "other_call": gettext_lazy("对方已另外报警，登记过了"),
    "line_test": gettext_lazy("线路测试"),
    "not_reached": gettext_lazy("多次回拨，联系不上"),
}


def require_closable(ring: Ring, outcome: str, tries: int, who: Account | None) -> None:
    """Refuse an unknown outcome, giving up too early, and a call in somebody else's hands."""
    if outcome not in OUTCOMES:
        raise Refused(_("请选为什么不用再管。"), code="unknown_outcome", status=422)
    if ring.state not in (Ring.State.BACK, Ring.State.CLAIMED):
        raise Refused(_("这通来电已经了结。"), code="ring_closed", status=409)
    if ring.state == Ring.State.CLAIMED and ring.claimed_by != who:
        raise Refused(_("这通来电不在您手上。"), code="not_your_ring", status=409)
    if outcome == "not_reached" and tries < TRIES:
        raise Refused(
            _("至少回拨 %(n)s 次才能作罢，现在是 %(tries)s 次。") % {"n": TRIES, "tries": tries},
            code="try_again", status=409,
        )  # fmt: skip
    if outcome == "misdial" and ring.state == Ring.State.BACK:
        raise Refused(_("没有打通，还不知道是不是按错。"), code="not_reached", status=409)
