"""For everybody: ask in your own words, read the article, say whether it helped.

A question comes by POST, so that it stands in no address, no history and no access log.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actor import Actor
from gongzhi.work.consultation import actions
from gongzhi.work.consultation.search.terms import LONGEST
from gongzhi.work.consultation.selectors.articles import article_of, clocks_of, groups
from gongzhi.work.consultation.selectors.finding import answer


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
        "said": request.GET.get("said") == "1",
    }  # fmt: skip
    return render(request, "consultation/article.html", here)


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
