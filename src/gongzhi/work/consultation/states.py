"""What becomes of a question."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How well the best article fits."""

    ANSWERED = "answered", _("有答案")
    MAYBE = "maybe", _("可能有")
    NOTHING = "nothing", _("没有答案")
