"""How an agreement goes, and who consents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where it stands."""

    WAITING = "waiting", _("等着同意")
    IN_FORCE = "in_force", _("生效")
    REFUSED = "refused", _("没有同意")
    WITHDRAWN = "withdrawn", _("撤回")
    ENDED = "ended", _("提前结束")
    EXPIRED = "expired", _("已到期")


class Part(models.TextChoices):
    """As what somebody consents."""

    OWNER = "owner", _("数据归口单位")
    STEWARD = "steward", _("数据管理员")


OVER = (State.REFUSED, State.WITHDRAWN, State.ENDED, State.EXPIRED)
