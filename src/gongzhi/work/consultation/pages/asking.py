"""For everybody: ask in your own words, read the article, say whether it helped.

A question comes by POST, so that it stands in no address, no history and no access log.
"""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.consultation import actions
from gongzhi.work.consultation.forms import PersonForm
from gongzhi.work.consultation.search.terms import LONGEST
from gongzhi.work.consultation.selectors.articles import article_of, clocks_of, groups
from gongzhi.work.consultation.selectors.finding import answer
from gongzhi.work.consultation.selectors.person import promised
from gongzhi.work.consultation.selectors.writing import published_by
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages.kept import to_matter
from gongzhi.work.participation.selectors import receipt_of


@public
@throttled("ask", tries=60, seconds=600)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A box for the question and what fits it; below, all articles by group."""
    question = request.POST.get("question", "").strip()[:LONGEST]
    found = answer(question) if question else None
    if found:
        actions.count_question(Actor.resident(), _language(), found)
    here = {"question": question, "answer": found, "groups": groups(), "longest": LONGEST}
    return render(request, "consultation/ask.html", here)


@public
@require_safe
def article(request: HttpRequest, code: str) -> HttpResponse:
    """One article, its law and its service."""
    one = article_of(code)
    here = {
        "one": one, "clocks": clocks_of(one), "service_url": _service(one.service),
        "said": request.GET.get("said") == "1", "wording": published_by(code),
    }  # fmt: skip
    return render(request, "consultation/article.html", here)


@public
@never_cache
@throttled("ask_person", tries=20, seconds=600)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Ask somebody. The receipt's code leads to the answer; nothing has to be left but the words.

    A form that is sent twice leads to the same receipt.
    """
    form = PersonForm(request.POST or None, initial={"idempotency_key": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return to_matter(_asked(form.cleaned_data))
    here = {"form": form, "clock": promised()}
    status = 422 if request.method == "POST" else 200
    return render(request, "consultation/person.html", here, status=status)


def _asked(told: dict[str, str]) -> Receipt:
    contact = {"name": told["name"], "phone": told["phone"]}
    try:
        return actions.ask_person(
            Actor.resident(), told["words"], contact=contact, key=told["idempotency_key"]
        )
    except IntegrityError:  # sent twice: the first one stands
        return receipt_of(code_for(told["idempotency_key"]))


@public
@throttled("ask_helped", tries=60, seconds=600)
@require_POST
def helped(request: HttpRequest, code: str) -> HttpResponse:
    """Whether it helped; then back to the article."""
    yes = request.POST.get("helped") == "1"
    actions.judge_answer(Actor.resident(), code, helped=yes)
    messages.success(
        request, _("谢谢，记下了。") if yes else _("记下了，我们会改。可以直接问人，有人答复您。")
    )
    return redirect(reverse("consultation:article", args=[code]) + "?said=1")


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _service(code: str) -> str:
    """Where the service is applied for; empty for an article that is about none."""
    return reverse("public_services:service", args=[code]) if code else ""
