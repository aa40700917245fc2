"""How far a rise and a problem have come, and what may follow."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RiseState(TextChoices):
    """Where a rise stands."""

    OPEN = "open", _("待判断")
    CONFIRMED = "confirmed", _("已确认")
    DISMISSED = "dismissed", _("已排除")
    OVER = "over", _("已回落")


class Reason(TextChoices):
    """Why a rise is none that prevention has to see to."""

    KNOWN = "known_cause", _("原因已知，会自己过去（节会、施工、天气）")
    RECORDED = "recorded_otherwise", _("登记的办法变了，或者有重复登记")
    IN_HAND = "in_hand", _("已经有人在办")
    SMALL = "too_small", _("看过了，数目太小，先不立")


class Stage(TextChoices):
    """Where a problem stands: scanning, analysis, response, assessment (SARA), closed."""

    SCANNING = "scanning", _("看清问题")
    ANALYSIS = "analysis", _("找原因")
    RESPONSE = "response", _("想办法做")
    ASSESSMENT = "assessment", _("看效果")
    CLOSED = "closed", _("办结")


class Says(TextChoices):
    """What a resident has to say about an open problem."""

    SEES = "sees", _("我看到的")
    OFFERS = "offers", _("我能帮的")
    SUGGESTS = "suggests", _("我的主意")


class Heard(TextChoices):
    """What became of it."""

    HELD = "held", _("等人看过")
    SHOWN = "shown", _("公开了")
    REFUSED = "refused", _("没有公开")
    TAKEN_BACK = "taken_back", _("本人收回了")


ORDER = tuple(Stage)


def stage_after(stage: str) -> Stage | None:
    """The next one; None after the last."""
    place = ORDER.index(Stage(stage)) + 1
    return ORDER[place] if place < len(ORDER) else None


def stage_before(stage: str) -> Stage | None:
    """The one to which it can be sent back; None before the first."""
    place = ORDER.index(Stage(stage)) - 1
    return ORDER[place] if place >= 0 else None
