"""Everybody reads what is held, for what, until when; the steward sees how full it is."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.permissions import may
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.catalogue.kinds.dataset import Sensitivity
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.places.selectors import own_county
from gongzhi.watch.exchange.datasets import dcat
from gongzhi.watch.exchange.datasets.selectors import Told, everything, fullness, told_of

STEWARD = "people.view_reads"
SENSITIVITY: dict[Sensitivity, tuple[Any, str, str]] = {
    Sensitivity.OPEN: (gettext_lazy("可以公开"), "good", "globe"),
    Sensitivity.INTERNAL: (gettext_lazy("内部"), "note", "building"),
    Sensitivity.PERSONAL: (gettext_lazy("个人信息"), "warn", "person"),
    Sensitivity.SENSITIVE: (gettext_lazy("敏感个人信息"), "bad", "lock"),
}
"""How it is called, its tone and its drawing."""
FORMS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


@public
@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    """All datasets, the open ones first."""
    told = sorted(everything(), key=lambda one: list(Sensitivity).index(one.dataset.sensitivity))
    groups = [
        (*SENSITIVITY[kind], list(some))
        for kind, some in groupby(told, key=lambda one: one.dataset.sensitivity)
    ]
    here = {"groups": groups, "tables": sum(len(one.tables) for one in told), "many": len(told)}
    return render(request, "datasets/datasets.html", here)


@public
@require_safe
def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """One dataset: purpose, law, limits, who sees it, its fields, and what it is made from."""
    found = catalogue().datasets.get(code)
    if found is None:
        raise Http404(_("没有这类数据。"))
    told = told_of(found)
    words, tone, icon = SENSITIVITY[found.sensitivity]
    keepings = [catalogue().keeping[one] for one in found.keepings]
    here = {"told": told, "one": found, "sensitivity": words, "tone": tone, "icon": icon}
    return render(
        request, "datasets/dataset.html", here | {"keepings": keepings, **_inside(request, told)}
    )


def _inside(request: HttpRequest, told: Told) -> dict[str, Any]:
    if not may(request.user, STEWARD):
        return {}
    return {"steward": True, "full": fullness(told)}


@public
@require_safe
def as_dcat(request: HttpRequest, form: str) -> HttpResponse:
    """The same for other catalogues: ``ttl``, ``jsonld`` or ``rdf``."""
    if form not in FORMS:
        raise Http404(_("没有这种格式。"))
    limit("datasets_dcat", address_of(request), tries=30, seconds=60)
    if (county := own_county()) is None:
        raise Http404(_("没有这类数据。"))
    site = request.build_absolute_uri("/").rstrip("/")
    whose = dcat.County(county.name_zh, county.name_en, site)
    body = dcat.written(dcat.graph(whose, everything(), dcat.all_more()), FORMS[form])
    return HttpResponse(body, content_type=f"{dcat.FORMATS[FORMS[form]]}; charset=utf-8")
