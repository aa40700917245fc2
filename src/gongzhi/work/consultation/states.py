"""What becomes of a question, and of an article that somebody wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How well the best article fits."""

    ANSWERED = "answered", _("有答案")
    MAYBE = "maybe", _("可能有")
    NOTHING = "nothing", _("没有答案")


class Standing(models.TextChoices):
    """Where a wording of an article stands."""

    WAITING = "waiting", _("待审")
    PUBLISHED = "published", _("已发布")
    REPLACED = "replaced", _("被新版代替")
    DECLINED = "declined", _("没有采用")
    RETIRED = "retired", _("已下架")


MAY_FOLLOW = {
    Standing.WAITING: frozenset({Standing.PUBLISHED, Standing.DECLINED}),
    Standing.PUBLISHED: frozenset({Standing.REPLACED, Standing.RETIRED}),
    Standing.REPLACED: frozenset[Standing](),
    Standing.DECLINED: frozenset[Standing](),
    Standing.RETIRED: frozenset[Standing](),
}
"""Standing → what it may become."""
