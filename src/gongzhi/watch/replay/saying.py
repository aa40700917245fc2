"""The words that the player's script shows, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.ui.templatetags.ui import PRIORITIES


def says() -> dict[str, Any]:
    """Sentences by name; ``%(name)s`` is filled in by the script."""
    return {
        "priorities": {level: f"P{level} {words}" for level, words in PRIORITIES.items()},
        "statuses": {
            "free": _("空闲"), "enroute": _("已派、途中"), "onscene": _("到场"),
            "busy": _("暂停接派"),
        },
        "states": {
            "waiting": _("待派"), "dispatched": _("已派警"), "en_route": _("途中"),
            "on_scene": _("到场"), "done": _("处置完毕"), "untold": _("后续没有记录"),
            "off_duty": _("离岗"), "free": _("空闲"), "busy": _("暂停接派"), "back": _("返回"),
        },
        "play": _("播放"), "pause": _("暂停"), "speed": _("%(n)s 倍"),
        "back": _("后退 1 分钟"), "on": _("前进 1 分钟"),
        "far_back": _("后退 10 分钟"), "far_on": _("前进 10 分钟"),
        "next": _("下一起来电"), "previous": _("上一起来电"), "tight": _("跳到等得最久的时刻"),
        "pick_next": _("选下一件"), "pick_previous": _("选上一件"), "note": _("写要点"),
        "group": _("回放"),
        "none": _("这时没有未结的警情"), "calls": _("%(n)s 通来电"),
        "came": _("来电"), "sent": _("派出"), "off": _("出发"), "there": _("到场"),
        "end": _("处置完毕"), "recalled": _("撤回"), "town": _("地点"),
        "waited": _("等了多久才派出"), "never": _("还没有派出"),
        "moment": _("%(clock)s，%(waiting)s 起待派，%(working)s 个单位在出警"),
        "strip": _(
            "来电 %(calls)s，待派 %(waiting)s，最久等 %(longest)s，出警 %(working)s / %(duty)s"
        ),
        "failed": _("没有读到这一段，请刷新页面再试"),
        "straight": _("有些路线没有读到，画成了直线；刷新页面可以再试。"),
        "never_waited": _("这一班没有等着派出的警情。"),
        "ended": _("放完了"),
    }  # fmt: skip
