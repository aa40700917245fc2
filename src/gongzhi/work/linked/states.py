"""How far a request to a partner has come, what may follow, and why a partner says no."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a request stands."""

    ASKED = "asked", _("等答复")
    ACCEPTED = "accepted", _("已受理")
    UNDER_WAY = "under_way", _("在路上")
    THERE = "there", _("已到场")
    DONE = "done", _("已办完")
    REFUSED = "refused", _("无法协助")
    CANCELLED = "cancelled", _("已取消")
    TOLD = "told", _("已告知")


WAY = (State.ASKED, State.ACCEPTED, State.UNDER_WAY, State.THERE, State.DONE)
"""In this order; a step may be left out, none is taken back."""
ANSWERS = (State.ACCEPTED, State.REFUSED, State.UNDER_WAY, State.THERE, State.DONE)
"""What a partner can say."""
OPEN = (State.ASKED, State.ACCEPTED, State.UNDER_WAY, State.THERE)
ENDS = (State.DONE, State.REFUSED, State.CANCELLED, State.TOLD)

MAY_FOLLOW: dict[str, tuple[str, ...]] = {
    State.ACCEPTED: (State.ASKED,),
    State.UNDER_WAY: (State.ASKED, State.ACCEPTED),
    State.THERE: (State.ASKED, State.ACCEPTED, State.UNDER_WAY),
    State.DONE: (State.ASKED, State.ACCEPTED, State.UNDER_WAY, State.THERE),
    State.REFUSED: (State.ASKED, State.ACCEPTED, State.UNDER_WAY),
    State.CANCELLED: (State.ASKED, State.ACCEPTED, State.UNDER_WAY, State.THERE),
}
"""What each may follow. ``told`` follows nothing: it is what a mere notice was."""


def says_nothing_new(state: str, answer: str) -> bool:
    """Whether the answer was given before or is behind what is known: a repeat, or one that came
    late. It changes nothing, and is no contradiction either."""
    if answer == state:
        return True
    return answer in WAY and state in WAY and WAY.index(answer) < WAY.index(state)


class Reason(TextChoices):
    """Why a partner can't."""

    NONE_FREE = "none_free", _("没有空余力量")
    NOT_OURS = "not_ours", _("不属于我们的职责")
    CAN_NOT_REACH = "can_not_reach", _("过不去（路断、风浪）")
    NOT_SAFE = "not_safe", _("现场还不安全")
    OTHER_FIRST = "other_first", _("正在处置更急的")
    OTHER = "other", _("其他（请写明）")


class Via(TextChoices):
    """How an answer came."""

    PAGE = "page", _("网页")
    API = "api", _("接口")
    LINK = "link", _("链接")
    PHONE = "phone", _("电话")
