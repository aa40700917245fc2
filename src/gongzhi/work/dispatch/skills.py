"""What a unit can do, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SKILLS = {
    "first_aid": _("急救"),
    "mediation": _("调解"),
    "armed": _("武装"),
    "fraud": _("反诈"),
    "female_officer": _("女警"),
    "forensics": _("勘查"),
    "dog": _("警犬"),
    "drone": _("无人机"),
    "traffic": _("交通"),
    "accident": _("事故勘查"),
    "boat": _("船艇"),
    "water_rescue": _("水上救援"),
}


def skill_words(code: str) -> str:
    """The skill's name; its code where a county has one of its own."""
    return str(SKILLS.get(code, code))
