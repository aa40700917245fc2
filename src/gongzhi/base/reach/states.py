"""By what somebody can be reached."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """An address is a mobile number or an e-mail address."""

    SMS = "sms", _("短信")
    EMAIL = "email", _("电子邮件")
