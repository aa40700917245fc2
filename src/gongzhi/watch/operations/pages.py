"""How the platform runs: a page for its administrator, figures for a monitoring program."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from gongzhi.base.access.keys import required_key
from gongzhi.base.access.marks import programs, staff
from gongzhi.watch.operations import failures, selectors
from gongzhi.watch.operations import figures as told
from gongzhi.watch.operations.permissions import READ, VIEW
from gongzhi.watch.operations.standing import standing, worst


@staff(VIEW)
@never_cache
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """All parts, what is wrong first."""
    return render(request, "operations/now.html", _seen())


@staff(VIEW)
@never_cache
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """The same without the page around it: asked for again while one looks."""
    return render(request, "operations/_parts.html", _seen())


@programs
@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """For a monitoring program with a key of its own; nobody else reads it."""
    required_key(request, READ, name="operations.figures")
    return HttpResponse(told.text(), content_type=CONTENT_TYPE_LATEST)


def _seen() -> dict[str, object]:
    parts = standing()
    return {
        "parts": parts, "worst": worst(parts), "failures": failures.latest(),
        "lags": selectors.lags(), "turns": selectors.turns(), "at": selectors.clock(),
    }  # fmt: skip
