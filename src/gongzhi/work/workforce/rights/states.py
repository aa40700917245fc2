"""What happened to an officer, and which help they can ask for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Happened(TextChoices):
    """What is reported."""

    ASSAULT = "assault", _("被打、被抓、被撞")
    THREAT = "threat", _("被威胁、被骚扰")
    FAMILY = "family", _("家人被威胁、被骚扰")
    ACCUSED = "accused", _("被不实投诉、诬告")
    SLANDER = "slander", _("被诽谤、被网上造谣")
    PROPERTY = "property", _("财物被损坏")


class Sort(TextChoices):
    """Which help."""

    MEDICAL = "medical", _("就医、验伤")
    LEGAL = "legal", _("法律帮助")
    DAMAGES = "damages", _("索赔、补偿")
    TALK = "talk", _("有人谈谈")
    SAFETY = "safety", _("本人和家人的安全")
    DUTY = "duty", _("换班、休息")
