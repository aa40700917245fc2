"""Why a node is one, and why it is one no longer."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Why patrols should come. What people ask for, object to or say of anybody is no reason."""

    CROWDED = "crowded", _("人多车多")
    HARM = "harm", _("近来出事多")
    DARK = "dark", _("灯暗人少")
    EVENT = "event", _("有活动、庙会、演出")
    SEASON = "season", _("旺季")
    PREVENTION = "prevention", _("防范问题的措施")
    OTHER = "other", _("其他")


class Ended(TextChoices):
    """Why they need come no more."""

    SETTLED = "settled", _("情况好转，不再需要")
    GONE = "gone", _("地方搬走、停业、封闭")
    WRONG = "wrong", _("设错了")
    OTHER_WAY = "other_way", _("改用别的办法")
    OVER = "over", _("到期")
