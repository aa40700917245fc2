"""Consultations: in public, and for those who lead them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.actions.consulting import NewConsultation
from gongzhi.work.proposals.forms import AnswerForm, ConsultationForm, DecisionForm
from gongzhi.work.proposals.models import Consultation
from gongzhi.work.proposals.permissions import RUN
from gongzhi.work.proposals.selectors.consultations import (
    answers_of,
    asked_before,
    asked_later,
    asked_now,
    consultation_of,
    is_late,
    words_for,
)

SHOWN = 50


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What residents are asked, were asked, and what was decided."""
    here = {"now": asked_now(), "later": asked_later(), "before": asked_before()[:SHOWN]}
    return render(request, "proposals/consultations.html", here)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("consultation", tries=10, seconds=3600)
def page(request: HttpRequest, key: int) -> HttpResponse:
    """One consultation: answer it, or read what came out and what was decided."""
    asked = consultation_of(key)
    form = AnswerForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            told = form.cleaned_data
            actions.answer_consultation(Actor.resident(), asked, told["choice"], told["words"])
            messages.success(request, _("收到了，谢谢您。决定了什么、为什么，会写在这一页。"))
            return redirect("proposals:consultation", asked.pk)
    status = 422 if form.errors else 200
    return render(request, "proposals/consultation.html", _shown(asked, form), status=status)


def _shown(asked: Consultation, form: AnswerForm) -> dict[str, object]:
    runs = asked.runs(now())
    over = now() >= asked.closes_at
    return {
        "one": asked, "form": form, "runs": runs, "over": over, "late": is_late(asked),
        "many": asked.answers.count() if over else 0, "lines": answers_of(asked) if over else [],
    }  # fmt: skip


@staff(RUN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """All of them, and the form for a new one."""
    form = ConsultationForm(request.POST or None, initial=_first())
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            told = form.cleaned_data
            new = NewConsultation(**{**told, "options": told["options"].splitlines()})
            actions.open_consultation(by_of(request), new)
            messages.success(request, _("开始征求意见了。"))
            return redirect("proposals:consultations_desk")
    here = {
        "form": form, "now": asked_now(), "later": asked_later(), "before": asked_before()[:SHOWN],
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "proposals/consultations_desk.html", here, status=status)


@staff(RUN)
@never_cache
@require_safe
def decision(request: HttpRequest, key: int) -> HttpResponse:
    """What was answered, and the form for what was decided."""
    asked = consultation_of(key)
    here = {**_shown(asked, AnswerForm(asked=asked)), "form": DecisionForm(),
            "words": words_for(asked)}  # fmt: skip
    return render(request, "proposals/decision.html", here)


@staff(RUN)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Publish what was decided, and why."""
    asked = consultation_of(key)
    told = request.POST
    actions.publish_decision(
        by_of(request), asked, told.get("decision", ""), told.get("why", "")
    )  # fmt: skip
    messages.success(request, _("公布了。"))
    return redirect("proposals:consultation", asked.pk)


def _first() -> dict[str, object]:
    """From now on, for two weeks; decided two weeks later."""
    at = timezone.localtime(now())
    ends = at.replace(hour=20, minute=0) + timedelta(days=14)
    return {"opens_at": at, "closes_at": ends, "decide_by": (ends + timedelta(days=14)).date()}
