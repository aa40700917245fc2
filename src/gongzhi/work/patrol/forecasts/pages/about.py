"""For everybody: what is foreseen from what, what never is, and how good it is in this county."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.work.patrol.forecasts import audit_words, saying
from gongzhi.work.patrol.forecasts.naming import in_words
from gongzhi.work.patrol.forecasts.selectors import latest

A_MINUTE = {"tries": 120, "seconds": 60}
"""For one address, which may be a whole village behind one mast."""


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Rules, verdicts and audits. No place, no number of calls of any place or day."""
    limit("forecasts", address_of(request), **A_MINUTE)
    judgement = latest()
    says = judgement is not None and judgement.says_something
    why = (
        in_words(judgement.why_code, judgement.why_facts)
        if judgement and judgement.why_code
        else ""
    )
    every = saying.verdicts(judgement) if judgement else []
    here = {
        "judgement": judgement, "why": why, "says": says,
        "listed": saying.listed(),
        "verdicts": every, "lacking": [one for one in every if not one.used],
        "weeks": saying.weeks_of(judgement) if judgement else 0,
        "fair": audit_words.areas_in_words(judgement.audit) if judgement else "",
        "fed": audit_words.feedback_in_words(judgement.audit) if judgement else "",
    }  # fmt: skip
    return render(request, "forecasts/about.html", here)
