"""Where units should stand in a shift of the coming days."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.analysis.siting.placing import Aim
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actions import now
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.ground import promise
from gongzhi.work.dispatch.selectors.reasons import minutes
from gongzhi.work.patrol.forecasts.county import AHEAD, SHIFTS
from gongzhi.work.patrol.nodes.permissions import VIEW
from gongzhi.work.patrol.posts.selectors.ground import HOURS
from gongzhi.work.patrol.posts.selectors.standing import Shown, map_content, standing


@staff(VIEW)
@never_cache
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """``?day=``, ``?shift=`` (0 to 2) and ``?aim=``: the posts of today and better ones."""
    day = _day(request.GET.get("day", ""))
    shift = min(id_in(request.GET.get("shift")), len(SHIFTS) - 1)
    aim: Aim = "seconds" if request.GET.get("aim") == "seconds" else "cover"
    units = list(ResponseUnit.objects.select_related("station").order_by("code"))
    shown = standing(units, day, shift, aim)
    here = {
        "day": day, "days": _days(), "shift": shift, "aim": aim,
        "shifts": [(n, _hours(one)) for n, one in enumerate(SHIFTS)],
        "shown": shown, "told": _told(shown) if shown else {},
        "promise": minutes(promise().seconds),
        "map": map_of(), "shapes": map_content(shown) if shown else None,
    }  # fmt: skip
    return render(request, "posts/posts.html", here)


def _told(shown: Shown) -> dict[str, str | int]:
    """The numbers in words."""
    return {
        "before": f"{100 * shown.before.cover:.1f}", "after": f"{100 * shown.after.cover:.1f}",
        "minutes_before": f"{shown.before.seconds / 60:.1f}",
        "minutes_after": f"{shown.after.seconds / 60:.1f}",
        "busy": f"{100 * shown.busy:.0f}",
    }  # fmt: skip


def _hours(begin: int) -> str:
    return f"{begin:02d}:00–{(begin + HOURS) % 24:02d}:00"


def _days() -> list[date]:
    today = timezone.localdate(now())
    return [today + timedelta(days=n) for n in range(AHEAD)]


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _days()[0]
    return day if day in _days() else _days()[0]
