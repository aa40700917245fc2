"""The resident's pages: report, receipt, follow."""

from __future__ import annotations

import secrets

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.parts import Step
from gongzhi.work.participation.actions import file_request, judge_outcome
from gongzhi.work.participation.codes import code_for, shown
from gongzhi.work.participation.forms import FollowForm, RequestForm
from gongzhi.work.participation.selectors import kept_receipt, receipt_of

WAY = ("received", "accepted", "in_progress", "answered", "closed")
"""The steps that the resident's bar shows; the others are told in words."""


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Two choices: report something, follow a report."""
    here = {
        "report_url": reverse("participation:report"),
        "follow_url": reverse("participation:follow"),
    }
    return render(request, "ui/home.html", here)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("report", tries=30, seconds=600)
def report(request: HttpRequest) -> HttpResponse:
    """The form; a good one leads to its receipt, also when it is sent twice."""
    form = RequestForm(request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "participation/report.html", {"form": form}, status=status)
    told = form.cleaned_data
    try:
        file_request(
            Actor.resident(),
            category=told["category"],
            words=told["words"],
            place=told["place"],
            idempotency_key=told["key"],
        )
    except IntegrityError:  # sent twice: the first one stands
        if not Matter.objects.filter(idempotency_key=told["key"]).exists():
            raise
    request.session["receipt"] = receipt_of(code_for(told["key"])).pk
    return redirect("participation:matter")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("follow", tries=20, seconds=600)
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code; it is kept in the session, so that no address carries it."""
    form = FollowForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "participation/follow.html", {"form": form}, status=status)
    request.session["receipt"] = receipt_of(form.cleaned_data["code"]).pk
    return redirect("participation:matter")


@public
@never_cache
@require_safe
def matter(request: HttpRequest) -> HttpResponse:
    """Where the matter stands, in plain words."""
    receipt = kept_receipt(request.session.get("receipt"))
    if receipt is None:
        return redirect("participation:follow")
    followed = receipt.matter
    answer = followed.elements.filter(code="answer").first()
    here = {
        "matter": followed,
        "category": catalogue().categories.get(followed.category),
        "code": _code(followed),
        "stops": _stops(followed),
        "answer": answer.text if answer else "",
        "may_judge": followed.step == "answered",
    }
    return render(request, "participation/matter.html", here)


@public
@require_POST
@throttled("judge", tries=20, seconds=600)
def judge(request: HttpRequest) -> HttpResponse:
    """Solved, or not."""
    receipt = kept_receipt(request.session.get("receipt"))
    if receipt is None:
        return redirect("participation:follow")
    judge_outcome(Actor.resident(), receipt, solved=request.POST.get("solved") == "yes")
    return redirect("participation:matter")


def _code(followed: Matter) -> str:
    """The code, to copy down, until somebody has taken the matter up."""
    if followed.step != "received" or not followed.idempotency_key:
        return ""
    return shown(code_for(followed.idempotency_key))


def _stops(followed: Matter) -> list[Step]:
    """The bar. A step beside the way (waiting, reopened) counts as being worked on."""
    at = WAY.index(followed.step) if followed.step in WAY else WAY.index("in_progress")
    steps = {step.code: step for step in followed.version_item.steps}
    return [
        Step(str(steps[code].name), "done" if n < at else "now" if n == at else "next")
        for n, code in enumerate(WAY)
    ]
