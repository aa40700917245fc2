"""The front door: two choices, and what became of what others reported."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.ui import spans
from gongzhi.work.participation.selectors.month import just_solved, month_in_numbers


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Two choices: report something, follow a report; and what became of the last ones."""
    here = {
        "report_url": reverse("participation:report"),
        "follow_url": reverse("participation:follow"),
        "around_url": reverse("participation:around"),
        "numbers": _month(),
        "solved": [(one.words, one.town, one.at) for one in just_solved()],
    }
    return render(request, "ui/home.html", here)


def _month() -> list[tuple[str, str]]:
    """The last thirty days in a few numbers; nothing while there is nothing."""
    month = month_in_numbers()
    if not month.received:
        return []
    told = [(str(month.received), _("件收到")), (str(month.closed), _("件已办结"))]
    if month.seconds is not None:
        told.append((spans.rough_span(month.seconds), _("内答复一半以上")))
    if month.solved is not None:
        told.append((f"{month.solved}%", _("表态的居民说解决了")))
    if month.satisfied is not None:
        told.append((f"{month.satisfied}%", _("评价为四星、五星")))
    return told
