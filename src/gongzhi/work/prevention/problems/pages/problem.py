"""One problem from scanning to assessment: words, what is done about it, where to compare, before
and after."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.prevention.problems import actions, selectors
from gongzhi.work.prevention.problems.models import Intervention, Problem, ProblemWords
from gongzhi.work.prevention.problems.pages.reading import choices_of_units, day_of, unit_chosen
from gongzhi.work.prevention.problems.permissions import JUDGE, VIEW, WORK, works_on
from gongzhi.work.prevention.problems.selectors.origin import origin_of
from gongzhi.work.prevention.problems.selectors.problem import (
    course,
    erasable,
    fitting_interventions,
    map_content,
    stepper,
)
from gongzhi.work.prevention.problems.shapes import called
from gongzhi.work.prevention.problems.states import ORDER, stage_after, stage_before

LATE = ORDER[2:]
"""Stages in which something is or was done: only then there is something to compare."""


@staff(VIEW)
@never_cache
@require_safe
def problem(request: HttpRequest, key: int) -> HttpResponse:
    """The whole of it; those of its unit can go on with it."""
    account, one = account_of(request), _problem(key)
    works = works_on(account, one)
    compares = one.stage in LATE
    place = called([one.cells[0]])[0]
    here = {
        "one": one,
        "place": place,
        "steps": stepper(one),
        "origin": origin_of(one, place),
        "works": works,
        "going": works and one.closed_at is None,
        "judges": may(account, JUDGE),
        "after": stage_after(one.stage),
        "before": stage_before(one.stage),
        "interventions": list(one.interventions.select_related("unit").order_by("since", "pk")),
        "fitting": fitting_interventions(one.about),
        "units": choices_of_units() if works else [],
        "compares": compares,
        "suggested": selectors.suggest(one) if compares else [],
        "assessed": selectors.assess(one) if compares else None,
        "course": course(one),
        "erasable": erasable(one, account),
        "map": map_of(),
        "shapes": map_content(one),
    }
    return render(request, "problems/problem.html", here)


@staff(WORK)
@require_POST
def words(request: HttpRequest, key: int) -> HttpResponse:
    """What this stage came to: note it, go on, or go back."""
    by, one = by_of(request), _problem(key)
    said = request.POST.get("words", "")
    match request.POST.get("then"):
        case "advance":
            held = actions.advance_problem(by, one, words=said)
            told = _("已进入“%(stage)s”。") % {"stage": held.get_stage_display()}
        case "back":
            held = actions.send_problem_back(by, one, words=said)
            told = _("已退回“%(stage)s”。") % {"stage": held.get_stage_display()}
        case _other:
            actions.note_stage(by, one, words=said)
            told = _("已记下。")
    messages.success(request, told)
    return redirect("problems:problem", key)


@staff(VIEW)
@require_POST
def erase(request: HttpRequest, key: int) -> HttpResponse:
    """Words go for good."""
    found = ProblemWords.objects.select_related("problem").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这段话。"), code="no_such_words", status=404)
    actions.erase_problem_words(by_of(request), found)
    messages.success(request, _("已清除，找不回来了。"))
    return redirect("problems:problem", found.problem_id)


@staff(WORK)
@require_POST
def take_on(request: HttpRequest, key: int) -> HttpResponse:
    """See to it oneself."""
    actions.take_on_problem(by_of(request), _problem(key))
    messages.success(request, _("由您负责。"))
    return redirect("problems:problem", key)


@staff(JUDGE)
@require_POST
def hand_over(request: HttpRequest, key: int) -> HttpResponse:
    """Another unit sees to it."""
    by, unit = by_of(request), unit_chosen(request)
    actions.hand_over_problem(by, _problem(key), unit=unit)
    messages.success(request, _("已移交%(unit)s。") % {"unit": unit})
    return redirect("problems:problem", key)


@staff(WORK)
@require_POST
def plan(request: HttpRequest, key: int) -> HttpResponse:
    """An intervention more."""
    by, since = by_of(request), day_of(request, "since")
    if since is None:
        said = _("请写明从哪天开始。")
        raise Refused(said, code="since", status=422, fields={"since": said})
    actions.plan_intervention(
        by, _problem(key), request.POST.get("code", ""), unit=unit_chosen(request),
        since=since, until=day_of(request, "until"),
    )  # fmt: skip
    messages.success(request, _("措施已安排。"))
    return redirect("problems:problem", key)


@staff(WORK)
@require_POST
def settle(request: HttpRequest, key: int) -> HttpResponse:
    """An intervention was carried out, or wasn't."""
    one = Intervention.objects.select_related("problem__unit").filter(pk=key).first()
    if one is None:
        raise Refused(_("没有这项措施。"), code="no_such_intervention", status=404)
    by, done = by_of(request), request.POST.get("done") == "yes"
    actions.settle_intervention(by, one, done=done)
    messages.success(request, _("已登记。"))
    return redirect("problems:problem", one.problem_id)


@staff(WORK)
@require_POST
def comparison(request: HttpRequest, key: int) -> HttpResponse:
    """Where nothing is done, to compare with."""
    by, middles = by_of(request), request.POST.getlist("middle")
    ring = id_in(request.POST.get("ring")) if request.POST.get("ring") else None
    near = request.POST.getlist("near")
    around = [one for one in near if one != "none"] if near else None
    actions.choose_comparison(by, _problem(key), middles, ring=ring, around=around)
    messages.success(request, _("对照区域已选定。"))
    return redirect("problems:problem", key)


def _problem(key: int) -> Problem:
    found = Problem.objects.select_related("unit", "owner", "rise", "series").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个防范问题。"), code="no_such_problem", status=404)
    return found
