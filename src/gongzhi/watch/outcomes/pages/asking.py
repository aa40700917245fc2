"""The survey: by the code of a request that was drawn, without a name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.outcomes.actions import answer_survey
from gongzhi.watch.outcomes.models import Survey
from gongzhi.watch.outcomes.survey.asking import require_asked, survey_for
from gongzhi.watch.outcomes.survey.results import LEAST, result_of
from gongzhi.work.participation.pages.kept import kept_receipt
from gongzhi.work.participation.selectors import receipt_of

ANSWERS = {"solved", "stars"}
STARS = tuple("12345")
LONGEST_CODE = 40
SHOWN = 12


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("outcomes.survey", tries=20, seconds=600)
def survey(request: HttpRequest) -> HttpResponse:
    """Ask for the code, then two questions. What this browser follows needs no code again."""
    code = request.POST.get("code", "")[:LONGEST_CODE]
    asked: Survey | None = None
    try:
        receipt = receipt_of(code) if code else kept_receipt(request)
        if receipt is None:
            return _page(request, code_needed=True)
        asked = require_asked(receipt)
        if not ANSWERS & set(request.POST):
            return _page(request, asked=asked, code=code)
        solved, stars = _answers(request)
        answer_survey(Actor.resident(), receipt, solved=solved, stars=stars)
    except Refused as no:
        here = {"asked": asked, "code": code, "code_needed": asked is None}
        return _page(request, no.status, wrong=str(no), **here)
    return _page(request, thanked=True)


def _answers(request: HttpRequest) -> tuple[bool, int]:
    """Both, or none is taken."""
    solved, stars = request.POST.get("solved"), request.POST.get("stars", "")
    if solved not in ("yes", "no") or stars not in STARS:
        raise Refused(_("两个问题都请选一个。"), code="incomplete", status=422)
    return solved == "yes", int(stars)


def asked_here(request: HttpRequest) -> tuple[str, dict[str, object]] | None:
    """On the page by which somebody follows a request: that it was drawn."""
    return ("outcomes/_asked.html", {}) if survey_for(kept_receipt(request)) else None


@public
@require_safe
@throttled("outcomes.results", tries=240, seconds=600)
def surveys(request: HttpRequest) -> HttpResponse:
    """What the last surveys say, the newest first; of few answers nothing."""
    found = [result_of(one) for one in Survey.objects.order_by("-since")[:SHOWN]]
    return render(request, "outcomes/surveys.html", {"results": found, "least": LEAST})


def _page(request: HttpRequest, status: int = 200, **here: object) -> HttpResponse:
    return render(request, "outcomes/survey.html", here, status=status)
