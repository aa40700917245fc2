"""Where units should stand in a shift of the coming days."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.analysis.siting.placing import Aim
from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.ground import promise
from gongzhi.work.dispatch.selectors.reasons import minutes
from gongzhi.work.patrol.forecasts.county import AHEAD, SHIFTS
from gongzhi.work.patrol.nodes.permissions import VIEW
from gongzhi.work.patrol.posts.selectors.ground import HOURS
from gongzhi.work.patrol.posts.selectors.standing import Shown, map_content, standing
from gongzhi.work.patrol.posts.selectors.trying import (
    REPEATS,
    YEARS,
    changes_in,
    mark_of,
    trial_of,
)
from gongzhi.work.patrol.simulations.actions import ask_simulation
from gongzhi.work.patrol.simulations.pages.told import TONES
from gongzhi.work.patrol.simulations.permissions import RUN
from gongzhi.work.patrol.simulations.permissions import VIEW as SEE_TRIALS


@staff(VIEW)
@never_cache
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """``?day=``, ``?shift=`` (0 to 2) and ``?aim=``: the posts of today and better ones."""
    day, shift, aim = _asked(request.GET)
    units = list(ResponseUnit.objects.select_related("station").order_by("code"))
    shown, may_see = standing(units, day, shift, aim), may(request.user, SEE_TRIALS)
    trial = trial_of(shown, _span(shift), aim) if shown and shown.moved and may_see else None
    here = {
        "trial": trial, "may_see": may_see, "may_run": may(request.user, RUN),
        "simulation": trial.simulation if trial else None,
        "done": trial.done if trial else 0,
        "tone": TONES[trial.simulation.state] if trial else "",
        "day": day, "days": _days(), "shift": shift, "aim": aim,
        "shifts": [(n, _hours(one)) for n, one in enumerate(SHIFTS)],
        "shown": shown, "told": _told(shown) if shown else {},
        "promise": minutes(promise().seconds),
        "map": map_of(), "shapes": map_content(shown) if shown else None,
    }  # fmt: skip
    return render(request, "posts/posts.html", here)


@staff(RUN)
@require_POST
def tried(request: HttpRequest) -> HttpResponse:
    """Let the simulator try this shift's proposal beside today's posts."""
    day, shift, aim = _asked(request.POST)
    units = list(ResponseUnit.objects.select_related("station").order_by("code"))
    shown = standing(units, day, shift, aim)
    if shown is None or not shown.moves:
        raise Refused(_("现在这样站就好，没有可推演的。"), code="nothing", status=409)
    changes = changes_in(shown, _span(shift))
    title = _("站点：%(day)s %(hours)s，挪 %(n)s 个单位") % {
        "day": date_format(day, "MONTH_DAY_FORMAT"), "hours": _hours(SHIFTS[shift]),
        "n": len(shown.moves),
    }  # fmt: skip
    ask_simulation(
        by_of(request), title=title, changes=changes, years=YEARS, repeats=REPEATS,
        asked_for=mark_of(changes),
    )  # fmt: skip
    query = urlencode({"day": f"{day}", "shift": f"{shift}", "aim": str(aim)})
    return redirect(f"{reverse('posts:posts')}?{query}#posts-trial")


def _asked(given: QueryDict) -> tuple[date, int, Aim]:
    """The day, the number of the shift, and what is wanted."""
    shift = min(id_in(given.get("shift")), len(SHIFTS) - 1)
    return (
        _day(given.get("day", "")),
        shift,
        "seconds" if given.get("aim") == "seconds" else "cover",
    )


def _span(shift: int) -> str:
    """The shift's hours as the simulator has them."""
    return f"{SHIFTS[shift]}-{(SHIFTS[shift] + HOURS - 1) % 24 + 1}"


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
