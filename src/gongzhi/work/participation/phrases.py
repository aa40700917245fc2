"""Phrases of answers: those that say nothing, and those that tell a resident nothing."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy

FIGURES = "一二三四五六七八九十"
"""In which answers differ that are the same otherwise."""
_OFFICE = "(?:相关|有关|责任|职能|属地|对应|主管)?(?:部门|单位|科室|人员|社区|街道|乡镇)"
_DEALT = "(?:研究|核实|调查|跟进|督促|协调)?(?:处理|办理|处置|核实|解决|跟进|落实)"
_THEIRS = "(?:您|你)?(?:反映|提出|所说)?的?(?:诉求|问题|情况|事项)?"
_SENT = "(?:转交?|移交|交办|派发|反馈|上报|通知)"
_KINDNESS = "(?:来电|来信|反映|关注|支持|理解|监督|关心|和|与|、)"
EMPTY = re.compile(
    "|".join((
        f"{_THEIRS}(?:我们|我局|我单位)?已经?{_SENT}(?:给|至|到|由)?{_OFFICE}(?:进行)?{_DEALT}?",
        "(?:我们|我局|我单位|我办)?(?:将|会|已|正在|已经)?(?:高度重视|认真研究|积极协调)",
        f"(?:将|会|正在|尽快|及时|积极|妥善|依法依规|按程序|抓紧)+{_DEALT}(?:中)?",
        "(?:将|会)?(?:进一步)?(?:加强|加大)[\u4e00-\u9fff]{0,4}(?:管理|监管|巡查|力度)+",
        "(?:尊敬的)?(?:市民|居民|网友|群众|来电人|先生|女士|朋友)*[,，]?(?:您好|你好)",
        f"(?:感谢|谢谢)(?:您|你)?(?:的|对[\u4e00-\u9fff]{{0,8}}的)?{_KINDNESS}*",
        f"{_THEIRS}(?:已经?)?(?:收悉|知悉|已阅|收到)",
        "(?:请)?(?:您)?(?:耐心)?等待",
        "(?:has been|was) (?:forwarded|passed on|referred) to the (?:relevant|competent) \\w+",
        "thank you for (?:your )?(?:message|report|call|understanding|support)",
        "(?:we )?attach great importance to (?:it|this)|will be dealt with(?: soon)?",
    )),
    re.IGNORECASE,
)  # fmt: skip
JARGON = {
    "妥善处置": gettext_lazy("写做了什么"),
    "依法依规": gettext_lazy("写按哪条规定、所以怎样"),
    "高度重视": gettext_lazy("不用写，写做了什么"),
    "相关部门": gettext_lazy("写出单位的名字"),
    "有关部门": gettext_lazy("写出单位的名字"),
    "按程序": gettext_lazy("写下一步是什么、到哪天"),
    "尽快": gettext_lazy("写到哪天"),
    "近期": gettext_lazy("写到哪天"),
    "适时": gettext_lazy("写到哪天"),
    "加大力度": gettext_lazy("写多做了什么"),
    "属地": gettext_lazy("写出单位的名字"),
    "举措": gettext_lazy("办法"),
    "予以": gettext_lazy("可以去掉"),
    "系统治理": gettext_lazy("写做了什么"),
    "长效机制": gettext_lazy("写以后谁、多久查一次"),
}
"""What an office says, and what a resident understands."""
