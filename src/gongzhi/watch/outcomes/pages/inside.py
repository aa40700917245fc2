"""Inside: every measure, by town and by unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.watch.outcomes import actions, saying
from gongzhi.watch.outcomes.actions import note_export
from gongzhi.watch.outcomes.exporting import as_csv
from gongzhi.watch.outcomes.forms import TargetForm
from gongzhi.watch.outcomes.models import Survey, Target
from gongzhi.watch.outcomes.pages.showing import compared, groups, page_of
from gongzhi.watch.outcomes.permissions import SET_TARGET, VIEW
from gongzhi.watch.outcomes.selectors.named import measure_named
from gongzhi.watch.outcomes.selectors.stories import Story, one_story
from gongzhi.watch.outcomes.selectors.targets import history_of
from gongzhi.watch.outcomes.survey.results import LEAST, result_of
from gongzhi.watch.outcomes.survey.units import UnitResult, by_unit

SHOWN = 12
"""Surveys on a page."""


@staff(VIEW)
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The four aims and the four levers."""
    return render(request, "outcomes/board.html", groups(public=False))


@staff(VIEW)
@never_cache
@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: how it stands, how it is counted, how it could be gamed; of a town or unit,
    if asked for."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, form: TargetForm | None = None) -> HttpResponse:
    one = measure_named(code, public=False)
    towns = compared(one, by="town", public=False)
    units = compared(one, by="unit", public=False)
    story, chosen = _asked(request, code, {row["key"]: row["name"] for row in towns})
    form = form or TargetForm(measure=one)
    here = {
        "may_set": may(request.user, SET_TARGET) and one.measured and one.better != "neither",
        "target_form": form,
        "history": [(it, saying.number(one, it.value)) for it in history_of(code)],
        **page_of(one, story, public=False), "towns": towns, "units": units, "chosen": chosen,
        "asked": {key: request.GET[key][:40] for key in ("town", "unit") if request.GET.get(key)},
    }  # fmt: skip
    return render(request, "outcomes/measure.html", here, status=422 if form.is_bound else 200)


@staff(SET_TARGET)
@never_cache
@require_POST
def set_target(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the county wants to reach; what is wrong stands beside its field."""
    form = TargetForm(request.POST, measure=measure_named(code, public=False))
    if form.is_valid():
        with refused_in(form):
            actions.set_target(by_of(request), code, **form.told())
            messages.success(request, _("目标定好了。"))
            return redirect("outcomes:measure", code)
    return _page(request, code, form)


@staff(SET_TARGET)
@require_POST
def end_target(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Take a target back."""
    found = Target.objects.filter(pk=key, measure=code).first()
    if found is None:
        raise Refused(_("没有这个目标。"), code="no_target", status=404)
    actions.end_target(by_of(request), found)
    messages.success(request, _("目标撤掉了，记录还在。"))
    return redirect("outcomes:measure", code)


@staff(VIEW)
@never_cache
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """The drawn samples by unit, where there are enough answers to say anything."""
    found = Survey.objects.order_by("-since")[:SHOWN]
    here = {"surveys": [(result_of(one), *_told(one)) for one in found], "least": LEAST}
    return render(request, "outcomes/unit_surveys.html", here)


@staff(VIEW)
@require_POST
def as_file(request: HttpRequest, code: str) -> HttpResponse:
    """The weeks as a file; that somebody took them is on the log."""
    story = one_story(measure_named(code, public=False), public=False)
    note_export(by_of(request), code, len(story.weeks))
    answer = HttpResponse(as_csv(story), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return answer


def _asked(request: HttpRequest, code: str, towns: dict[str, str]) -> tuple[Story, str]:
    """Of the town or unit that the address names, and its name; or of the whole county."""
    one = measure_named(code, public=False)
    town, unit = request.GET.get("town", ""), request.GET.get("unit", "")
    if town in towns:
        return one_story(one, public=False, town=town), towns[town]
    if unit.isascii() and unit.isdigit() and len(unit) < 18:
        found = Unit.objects.filter(pk=int(unit)).first()
        if found:
            return one_story(one, public=False, unit=found.pk), str(found)
    if town or unit:
        raise Refused(_("没有这个乡镇或单位。"), code="no_such_place", status=404)
    return one_story(one, public=False), ""


def _told(survey: Survey) -> tuple[list[UnitResult], list[str]]:
    """Units of which there is something to say, and the names of the others."""
    units = by_unit(survey)
    return [one for one in units if one.solved], [one.name for one in units if not one.solved]
