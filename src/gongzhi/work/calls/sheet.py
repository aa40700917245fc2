"""What stands on the paper call sheet, in both languages at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SAID = {
    "title": _("接警单"),
    "number": _("单号"),
    "rang": _("来电时间"),
    "answered": _("接听"),
    "caller": _("报警人"),
    "phone": _("电话"),
    "where": _("在哪里"),
    "where_how": _("路名门牌、店名、看得见什么"),
    "what": _("出了什么事"),
    "other": _("其他"),
    "told": _("怎么说的"),
    "ask": _("问清"),
    "priority": _("紧急程度"),
    "sent": _("派了谁"),
    "dispatched": _("派警"),
    "on_scene": _("到场"),
    "cleared": _("处置完"),
    "outcome": _("结果"),
    "notes": _("备注"),
    "first": _(
        "没有正常呼吸：开免提，平躺，掌根按胸口正中，按下 5～6 厘米，每分钟 100～120 "
        "下，不停。燃气：别碰开关，出去再打。着火：出来、关门、别回去。"
    ),
    "taker": _("接警员"),
    "entered": _("录入"),
    "entered_at": _("录入时间"),
}
ASKED = (
    _("有人受伤"),
    _("叫不醒"),
    _("没有正常呼吸"),
    _("还在发生"),
    _("有凶器"),
    _("着火"),
    _("有孩子"),
    _("人数"),
)
"""What is ticked: asked of every caller."""
