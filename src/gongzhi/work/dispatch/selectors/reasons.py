"""Why a unit stands where it does, in words; and how rested it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.analysis.dispatching import Reason
from gongzhi.analysis.dispatching.cover import UNREACHED
from gongzhi.base.ui.parts import Tone
from gongzhi.work.dispatch.abilities import ability_words
from gongzhi.work.dispatch.models import Assignment, DutyMember
from gongzhi.work.dispatch.selectors.ground import promise

LATELY = timedelta(hours=1)
"""Who was done before that has rested."""


def rest_of(units: Collection[int]) -> dict[int, dict[str, float]]:
    """For each of these units that has either: seconds since it was done with the last incident
    (``rested``) and on duty (``shift``). About the unit, for its crew's sake; kept nowhere."""
    at, found = timezone.now(), dict[int, dict[str, float]]()
    done = Assignment.objects.filter(unit__in=units, cleared_at__gte=at - LATELY)
    for unit, last in done.order_by().values_list("unit").annotate(last=Max("cleared_at")):
        found.setdefault(unit, {})["rested"] = (at - last).total_seconds()
    on = DutyMember.objects.filter(unit__in=units, ended_at__isnull=True)
    for unit, first in on.order_by().values_list("unit").annotate(first=Min("began_at")):
        found.setdefault(unit, {})["shift"] = (at - first).total_seconds()
    return found


def reasons_in_words(reasons: Iterable[Reason]) -> list[tuple[str, Tone]]:
    """All but what is said of the cover, in two or three words each."""
    return [_said(one) for one in reasons if one.code != "cover"]


def cover_in_words(reasons: Iterable[Reason]) -> tuple[str, Tone] | None:
    """What leaving does to the cover of where the unit stands."""
    for one in reasons:
        if one.code == "cover":
            return _cover(one.before, one.seconds)
    return None


def minutes(seconds: float) -> int:
    """Whole minutes, at least one."""
    return max(1, round(seconds / 60))


def _cover(before: float, after: float) -> tuple[str, Tone]:
    told: dict[str, Any] = {"now": minutes(before), "then": minutes(after)}
    if before >= UNREACHED * 0.98:
        return _("它所在的地方本来就没有别的单位能到"), "plain"
    if after >= UNREACHED * 0.98:
        return _("走后该片没有单位能到（现 %(now)s 分钟）") % told, "warn"
    if told["then"] <= told["now"]:
        return _("走后该片下一警仍约 %(now)s 分钟到") % told, "plain"
    tone: Tone = "warn" if after > promise().seconds else "plain"
    return _("走后该片下一警约 %(then)s 分钟到（现 %(now)s 分钟）") % told, tone


def _said(reason: Reason) -> tuple[str, Tone]:
    skill, seconds = ability_words(reason.skill), reason.seconds
    said: dict[str, tuple[str, Tone]] = {
        "nearest": (_("最快到"), "good"),
        "skill": (skill, "good"),
        "lacks": (_("缺%(skill)s") % {"skill": skill}, "warn"),
        "own_area": (_("本辖区"), "plain"),
        "ferry": (_("要过海"), "warn"),
        "afloat": (_("走水路"), "plain"),
        "old_position": (_("位置较旧"), "warn"),
        "just_done": (_("%(m)s 分钟前刚办完一件") % {"m": minutes(seconds)}, "plain"),
        "long_shift": (_("已在岗 %(h)s 小时") % {"h": int(seconds // 3600)}, "plain"),
    }
    return said[reason.code]
