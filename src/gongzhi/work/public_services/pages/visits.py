"""For everybody: how often people had to come, beside what was predicted; also as a file."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.analysis.disclosure import STEP
from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actions import now
from gongzhi.work.public_services.selectors.visits import years
from gongzhi.work.public_services.selectors.visits_published import (
    ENOUGH,
    Line,
    Published,
    published,
)
from gongzhi.work.public_services.visits import VISITS

COLUMNS = ("service", "name", "office", "finished", "predicted", "came", "one_at_most_percent")
WIDEST = 200
"""Of a bar, in the units of its picture; that many visits are so wide:"""
MOST_VISITS = 2.0


@public
@require_safe
@throttled("services.visits", tries=120, seconds=600)
def visits(request: HttpRequest) -> HttpResponse:
    """A year, the worst service first."""
    found = published(_year(request))
    here = {
        "year": found, "others": [one for one in years() if one != found.year],
        "lines": [(one, _bars(one), _why(one)) for one in found.services],
        "bars": _bars(found.all), "why": _why(found.all), "step": STEP, "enough": ENOUGH,
    }  # fmt: skip
    return render(request, "public_services/visits.html", here)


@public
@require_safe
@throttled("services.visits", tries=120, seconds=600)
def as_file(request: HttpRequest) -> HttpResponse:
    """The same numbers for a spreadsheet, each service and each of its offices a row."""
    found = published(_year(request))
    answer = HttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="visits-{found.year}.csv"'
    return answer


def _year(request: HttpRequest) -> int:
    """The year that is asked for; what is none is the one that runs."""
    given = request.GET.get("year", "")
    if given.isascii() and given.isdigit() and len(given) == 4 and given > "1999":
        return int(given)
    return timezone.localdate(now()).year


def _bars(line: Line) -> dict[str, int]:
    """How wide the bars of what was predicted and of what came are drawn."""
    return {
        "predicted": _wide(line.predicted),
        "came": _wide(line.came or 0.0),
    }


def _wide(visits: float) -> int:
    return round(min(visits, MOST_VISITS) / MOST_VISITS * WIDEST)


def _why(line: Line) -> list[tuple[str, int, int]]:
    """Reasons of second visits in words, how many, and how wide each is drawn."""
    most = max((times for _code, times in line.further), default=1)
    return [
        (str(VISITS.get(code, code)), times, round(times / most * WIDEST))
        for code, times in line.further
    ]


def _csv(found: Published) -> bytes:
    """With a byte-order mark, so that Excel reads Chinese. What isn't told stands empty."""
    out = io.StringIO()
    rule = _("每满 %(n)s 件记一次；不到 %(enough)s 件的，不算平均。") % {
        "n": STEP,
        "enough": ENOUGH,
    }
    out.write(f"# {rule}\r\n")
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([*COLUMNS, *(f"second_visits_{code}" for code in VISITS)])
    for service in found.services:
        for line, office in [(service, ""), *((one, one.name) for one in service.offices)]:
            told = dict(line.further)
            reasons = ["" if office else told.get(code, 0) for code in VISITS]
            sheet.writerow([service.code, service.name, office, *_figures(line), *reasons])
    return out.getvalue().encode("utf-8-sig")


def _figures(line: Line) -> list[object]:
    came = "" if line.came is None else f"{line.came:.1f}"
    return [line.finished, line.predicted, came, "" if line.spared is None else line.spared]
