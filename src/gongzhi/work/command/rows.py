"""Rows as the actions hold them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.intake import checked_words
from gongzhi.base.ui.errors import Refused
from gongzhi.work.command.models import Lane

LONGEST = 500
"""Characters of an objective, a resource's name, a lesson."""


def held_lane(lane: Lane) -> Lane:
    """The lane, locked. Refuses one that is closed."""
    held = Lane.objects.select_for_update(of=("self",)).get(pk=lane.pk)
    if not held.open:
        raise Refused(_("这个指挥专班已经撤销。"), code="lane_closed", status=409)
    return held


def short_words(words: str, name: str = "words") -> str:
    """The words, without blanks around them. Refuses none and too many."""
    told = checked_words(words)
    if len(told) > LONGEST:
        wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": LONGEST}
        raise Refused(wrong, code=name, status=422, fields={name: wrong})
    return told
