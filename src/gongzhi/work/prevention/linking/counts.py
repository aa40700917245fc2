"""How many of other units' requests are shown: by the county's one rule of small counts.

Where few told of something, a number with a place and a time can be a person. So fewer than
`STEP` are said to be that, and more in steps of as many (`analysis.disclosure`, as on the three
maps), so that no difference of two looks is a small number either.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.analysis.disclosure import STEP


def counted(count: int) -> str:
    """The count for readers: none, fewer than `STEP`, or at least a multiple of it."""
    if count == 0:
        return "0"
    if count < STEP:
        return _("少于 %(n)s") % {"n": STEP}
    return _("至少 %(n)s") % {"n": count // STEP * STEP}
