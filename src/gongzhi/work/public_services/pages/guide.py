"""Guidance: what there is, how to get it, and whether one can."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import Ask
from gongzhi.work.public_services.pages.kept_form import kept_form
from gongzhi.work.public_services.selectors.checking import Check, check
from gongzhi.work.public_services.selectors.services import (
    groups,
    offices_of,
    service_named,
    terms_of,
)

LONGEST_SEARCH = 40


@public
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """All of them, by part of life; or those that a word is found in."""
    words = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "")
    here = {"groups": groups(words), "q": words, "form": kept_form(request)}
    return render(request, "public_services/services.html", here)


@public
@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One: who, how long, how much, with which papers, where; and the two ways on."""
    found = service_named(code)
    here = {
        "service": found,
        "terms": terms_of(found),
        "offices": offices_of(found),
        "brought": [one for one in found.materials if one.is_asked_for],
        "held": [one for one in found.materials if not one.is_asked_for],
    }
    return render(request, "public_services/service.html", here)


@public
@require_safe
def can_i(request: HttpRequest, code: str) -> HttpResponse:
    """The check, a question a page. Answers are codes in the address: nothing is kept."""
    found = service_named(code)
    given = {one.code: request.GET.get(one.code, "") for one in found.questions}
    come = check(found, given)
    here = {
        "service": found,
        "come": come,
        "choices": _choices(found, come),
        "back": _back(found, come),
        "number": len(come.answered) + 1,
        "materials": found.materials_for(come.answers) if come.verdict else [],
    }
    return render(request, "public_services/check.html", here)


def _choices(service: Service, come: Check) -> list[tuple[str, str]]:
    """Each answer of the question as an address and its words."""
    if come.question is None:
        return []
    return [
        (_address(service, come.answers | {come.question.code: reply.code}), str(reply))
        for reply in come.question.answers
    ]


def _back(service: Service, come: Check) -> list[tuple[Ask, str, str]]:
    """What was answered, each with the address that asks it anew."""
    answers = come.answers
    shown: list[tuple[Ask, str, str]] = []
    for question, reply in come.answered:
        before = dict(list(answers.items())[: len(shown)])
        shown.append((question, str(reply), _address(service, before)))
    return shown


def _address(service: Service, answers: dict[str, str]) -> str:
    address = reverse("public_services:check", args=[service.code])
    return f"{address}?{urlencode(answers)}" if answers else address
