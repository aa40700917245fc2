"""Why a matter changes hands: codes for the log, and how they read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CHOSEN = {
    "not_ours": _("不属于本单位职责"),
    "other_area": _("不在本单位辖区"),
    "better_placed": _("由对方办理更合适"),
    "needs_lead": _("涉及多个单位，请对方牵头"),
}
"""Those that somebody may choose."""
RETURNS = {
    "needs_police": _("需要民警到场"),
    "not_ours": CHOSEN["not_ours"],
    "other_area": CHOSEN["other_area"],
    "asked_back": _("应指挥中心要求退回"),
    "unclear": _("情况不清，请再向报警人核实"),
}
"""Why a department hands back what the police gave it."""
REASONS = {
    **CHOSEN,
    **RETURNS,
    "not_police": _("不属于公安职责，整件转交"),
    "taken_back": _("对方接收之前由指挥中心收回"),
    "undecided": _("几家单位来回移交，交由统筹单位指定"),
    "decided": _("由统筹单位指定办理"),
    "objected_again": _("居民两次说没有解决，换统筹单位来看"),
}
