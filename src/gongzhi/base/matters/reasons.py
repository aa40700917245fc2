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
REASONS = {
    **CHOSEN,
    "undecided": _("几家单位来回移交，交由统筹单位指定"),
    "decided": _("由统筹单位指定办理"),
}
