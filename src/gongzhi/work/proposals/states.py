"""Where a proposal stands, and what may be done there."""

from django.utils.translation import gettext_lazy as _

PROCEDURE = "proposal"
NEEDED = 20
"""Supports with which a proposal is discussed."""
LAPSES_AFTER = 60
"""Days in which it may collect them."""
SUPPORTED = ("collecting", "discussing")
SPOKEN = ("collecting", "discussing", "costing", "costed", "voting")
WAY = (
    ("collecting", _("征集")), ("discussing", _("讨论")), ("costing", _("测算")),
    ("voting", _("投票")), ("adopted", _("决定")), ("delivering", _("落实")),
)  # fmt: skip
"""The line that is drawn: its phases, and what they are called in two characters."""
PHASE = {
    "costed": "costing", "rejected": "adopted", "delivered": "delivering",
    "not_delivered": "delivering", "withdrawn": "collecting", "lapsed": "collecting",
}  # fmt: skip
"""Steps that belong to a phase of another name."""
FILTERS = {
    "open": _("正在办"), "voting": _("正在投票"), "delivering": _("正在落实"),
    "done": _("做到了"), "rejected": _("没有采纳"), "all": _("全部"),
}  # fmt: skip
