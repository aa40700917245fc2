"""What somebody's contact details may be looked at for. There is no “other”."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Said before each look, and kept in the log."""

    RESCUE = "rescue", _("救助、处置紧急情况")
    VERIFY = "verify", _("核实情况")
    HANDLE = "handle", _("办理过程中联系")
    REPLY = "reply", _("告知结果、回访")


class Erasure(models.TextChoices):
    """Why details were erased."""

    ASKED = "asked", _("本人要求")
    EXPIRED = "expired", _("保存期满")
    NOT_NEEDED = "not_needed", _("不再需要")
