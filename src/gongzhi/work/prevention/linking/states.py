"""Where a series stands, what may follow, and the reasons that a person gives."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _

Standing = Literal["proposed", "confirmed", "rejected", "lapsed"]
MAY_FOLLOW: dict[Standing, frozenset[Standing]] = {
    "proposed": frozenset({"confirmed", "rejected", "lapsed"}),
    "confirmed": frozenset({"proposed"}),
    "rejected": frozenset({"proposed"}),
    "lapsed": frozenset(),
}
"""Every verdict can be undone: then it is a proposal again."""

CONFIRMING = {
    "same_method": _("手法相同"),
    "same_cause": _("同一个原因引起"),
    "same_time_place": _("地点、时段吻合"),
    "scene": _("现场勘查或者物证印证"),
}
REJECTING = {
    "chance": _("碰巧相似"),
    "other_method": _("手法不同"),
    "other_cause": _("原因不同"),
    "wrong_facts": _("地点、时间或者类别登记有误"),
}
UNDOING = {
    "mistaken": _("上次判断有误"),
    "new_facts": _("有了新的情况"),
}
