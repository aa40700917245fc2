"""What is declared, why somebody is recused, and how far that is."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What somebody declares."""

    GIFT = "gift", _("礼品、礼金")
    HOSPITALITY = "hospitality", _("宴请、接待")
    OUTSIDE_WORK = "outside_work", _("兼职、经商")
    FAMILY = "family", _("亲属从业")
    OTHER = "other", _("其他利益")


class Outcome(TextChoices):
    """What became of it."""

    NOTHING = "nothing", _("不用处理")
    RETURNED = "returned", _("退还了")
    HANDED_IN = "handed_in", _("上交了")
    AVOID = "avoid", _("相关的事要回避")


class Ground(TextChoices):
    """Why somebody is kept from a case: Criminal Procedure Law, art. 29; Provisions on Procedures
    for Handling Administrative Cases by Public Security Organs, art. 17."""

    PARTY = "party", _("是当事人或者当事人的近亲属")
    INTEREST = "interest", _("本人或者近亲属和案件有利害关系")
    WITNESS = "witness", _("当过证人、鉴定人、辩护人、诉讼代理人")
    OTHER = "other", _("和当事人有其他关系，可能影响公正")


class State(TextChoices):
    """Of a request for recusal."""

    ASKED = "asked", _("等待决定")
    GRANTED = "granted", _("回避")
    REFUSED = "refused", _("不用回避")


MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    State.GRANTED: (State.ASKED,),
    State.REFUSED: (State.ASKED,),
}
"""What each may follow on. Until it is decided, who investigates goes on (Criminal Procedure Law,
art. 31)."""
