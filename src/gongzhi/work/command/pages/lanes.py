"""The list of lanes, one lane, and its report."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.context import live_line
from gongzhi.work.command.paper import report_as_pdf
from gongzhi.work.command.permissions import RUN, VIEW
from gongzhi.work.command.selectors import lanes
from gongzhi.work.command.selectors.drawing import drawn
from gongzhi.work.command.selectors.report import report_of
from gongzhi.work.command.states import Sort

LINES = 200
"""Of the situation log, on the page; the report has all."""


@staff(VIEW)
@never_cache
@require_safe
def lane_list(request: HttpRequest) -> HttpResponse:
    """Lanes that command now, and those that have."""
    page = Paginator(lanes.lanes_with_titles(), 25).get_page(request.GET.get("page"))
    rows = [(lane, lanes.title_of(lane)) for lane in page]
    here = {**live_line(), "page": page, "rows": rows, "may_run": may(request.user, RUN)}
    here["to_command"] = lanes.incidents_to_join() if here["may_run"] else ()
    return render(request, "command/lanes.html", here)


@staff(VIEW)
@never_cache
@require_safe
def lane(request: HttpRequest, key: int) -> HttpResponse:
    """One lane; for htmx the piece that changes."""
    piece = request.headers.get("HX-Request")
    line = {} if piece else live_line()
    return draw_lane(request, key, whole=not piece, **line)


def draw_lane(request: HttpRequest, key: int, *, whole: bool = False, **more: Any) -> HttpResponse:
    """The lane as this person may work on it."""
    found, who = lanes.lane_of(key), account_of(request)
    runs = found.open and may(who, RUN)
    here = {
        "lane": found,
        "title": lanes.title_of(found),
        "matters": lanes.matters_of(found),
        "objectives": found.objectives.order_by("pk"),
        "posts": lanes.posts_of(found),
        "roll": lanes.roll_of(found),
        "mine": lanes.my_answer(found, who),
        "went": lanes.went_to(found),
        "partners": lanes.partners_of(found),
        "resources": found.resources.order_by("pk"),
        "sorts": Sort.choices,
        "lines": found.lines.select_related("author").order_by("-at", "-pk")[:LINES],
        "lessons": found.lessons.select_related("unit").order_by("pk"),
        "runs": runs,
        "own_unit": who.unit_id,
        **_choices(runs=runs),
        **more,
    }
    template = "command/lane.html" if whole else "command/parts/lane.html"
    return render(request, template, here)


@staff(VIEW)
@never_cache
@require_safe
def report(request: HttpRequest, key: int) -> HttpResponse:
    """The after-action report, to read and to print."""
    told = report_of(key, timezone.now())
    here = {"report": told, "lane": told.lane, "drawing": drawn(told),
            "lessons": told.lane.lessons.select_related("unit").order_by("pk"),
            "objectives": told.lane.objectives.order_by("pk")}  # fmt: skip
    return render(request, "command/report.html", here)


@staff(VIEW)
@never_cache
@require_safe
def report_pdf(request: HttpRequest, key: int) -> HttpResponse:
    """The same as a paper to sign."""
    told = report_of(key, timezone.now())
    response = HttpResponse(report_as_pdf(told), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{told.lane.number}.pdf"'
    return response


def _choices(*, runs: bool) -> dict[str, Any]:
    """What the forms of whoever runs the lane offer."""
    if not runs:
        return {}
    units = Unit.objects.exclude(kind=Unit.Kind.COMMUNITY).order_by("pk")
    return {"staff_of": lanes.staff_to_choose(), "units": units,
            "to_join": lanes.incidents_to_join()}  # fmt: skip
