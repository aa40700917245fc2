"""Erasing what callers said."""

from __future__ import annotations

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import erase_told
from gongzhi.base.matters.models import Matter
from gongzhi.work.calls.events import WORDS_ERASED
from gongzhi.work.calls.models import Call, HereLink
from gongzhi.work.calls.permissions import ERASE


@action
def erase_incident(by: Actor, matter: Matter, *, reason: str) -> Matter:
    """Erase what was said in a closed incident, and who called; that it happened stays.

    The first caller's words stand with the call and in the narrative: both go. So does all that
    of the incidents merged into it; of a merged one, all goes with the one that it is part of.
    """
    require(by, ERASE)
    whole = _whole_of(matter)
    for one in _with_merged(whole):
        erase_told(by, one, reason=reason)
    HereLink.objects.filter(matter__in=_with_merged(whole)).delete()
    calls = Call.objects.filter(matter__in=_with_merged(whole)).exclude(words="")
    record(WORDS_ERASED, whole, reason=reason, calls=calls.update(words="") or None)
    return whole


def _whole_of(matter: Matter) -> Matter:
    """The incident in which this one goes on."""
    return _whole_of(matter.merged_into) if matter.merged_into else matter


def _with_merged(matter: Matter) -> list[Matter]:
    parts = matter.merged.order_by("pk")
    return [matter, *(one for part in parts for one in _with_merged(part))]
