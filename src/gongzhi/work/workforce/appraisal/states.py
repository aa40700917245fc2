"""Where a round, an objection and a number can stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """A round of appraisal."""

    READING = "reading", _("本人查看、提异议")
    DECIDING = "deciding", _("定结论")
    CLOSED = "closed", _("已结束")


class Says(models.TextChoices):
    """What a number says beside what is expected of the same mix of work."""

    FEW = "few", _("太少，不好说")
    USUAL = "usual", _("和预期差不多")
    ABOVE = "above", _("比预期高")
    BELOW = "below", _("比预期低")
    LISTED = "listed", _("逐条列出")


class Sex(models.TextChoices):
    """As somebody says of themselves."""

    WOMAN = "woman", _("女")
    MAN = "man", _("男")


class Sort(models.TextChoices):
    """What the inspectorate writes down."""

    COMMENDED = "commended", _("表彰")
    BREACH = "breach", _("处理决定")
