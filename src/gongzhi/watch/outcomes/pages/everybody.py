"""For everybody: how it goes, by numbers that tell of no one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.analysis.disclosure import STEP
from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.watch.outcomes.exporting import as_csv
from gongzhi.watch.outcomes.pages.showing import compared, groups, page_of
from gongzhi.watch.outcomes.selectors.named import measure_named
from gongzhi.watch.outcomes.selectors.stories import one_story


@public
@require_safe
@throttled("outcomes.results", tries=240, seconds=600)
def results(request: HttpRequest) -> HttpResponse:
    """The public board."""
    return render(request, "outcomes/results.html", {**groups(public=True), "step": STEP})


@public
@require_safe
@throttled("outcomes.results", tries=240, seconds=600)
def result(request: HttpRequest, code: str) -> HttpResponse:
    """One measure."""
    one = measure_named(code, public=True)
    here = {
        **page_of(one, one_story(one, public=True), public=True),
        "towns": compared(one, by="town", public=True), "step": STEP,
    }  # fmt: skip
    return render(request, "outcomes/result.html", here)


@public
@require_safe
@throttled("outcomes.results", tries=240, seconds=600)
def as_file(request: HttpRequest, code: str) -> HttpResponse:
    """Its weeks as a file."""
    story = one_story(measure_named(code, public=True), public=True)
    answer = HttpResponse(as_csv(story), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return answer
