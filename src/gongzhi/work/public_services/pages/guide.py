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
from gongzhi.base.ui.reading import reads_easily
from gongzhi.work.public_services.pages.kept_form import kept_form
from gongzhi.work.public_services.selectors.checking import Check, check
from gongzhi.work.public_services.selectors.easy import said_simply
from gongzhi.work.public_services.selectors.services import (
    LONGEST_SEARCH,
    groups,
    offices_of,
    service_named,
    terms_of,
)


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
    if reads_easily(request) and "full" not in request.GET:
        return _easily(request, found)
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
def easy(request: HttpRequest, code: str) -> HttpResponse:
    """The same in short lines, one thing each."""
    return _easily(request, service_named(code))


def _easily(request: HttpRequest, found: Service) -> HttpResponse:
    here = {"service": found, "parts": said_simply(found), "always": reads_easily(request)}
    return render(request, "public_services/easy.html", here)


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
        "choices": choices_of(come, reverse("public_services:check", args=[code])),
        "back": told_back(come, reverse("public_services:check", args=[code])),
        "number": len(come.answered) + 1,
        "materials": found.materials_for(come.answers) if come.verdict else [],
    }
    return render(request, "public_services/check.html", here)


def choices_of(come: Check, address: str) -> list[tuple[str, str]]:
    """Each answer of the question as an address below this one, and its words."""
    if come.question is None:
        return []
    return [
        (_with(address, come.answers | {come.question.code: reply.code}), str(reply))
        for reply in come.question.answers
    ]


def told_back(come: Check, address: str) -> list[tuple[Ask, str, str]]:
    """What was answered, each with the address that asks it anew."""
    answers = come.answers
    shown: list[tuple[Ask, str, str]] = []
    for question, reply in come.answered:
        before = dict(list(answers.items())[: len(shown)])
        shown.append((question, str(reply), _with(address, before)))
    return shown


def _with(address: str, answers: dict[str, str]) -> str:
    return f"{address}?{urlencode(answers)}" if answers else address
