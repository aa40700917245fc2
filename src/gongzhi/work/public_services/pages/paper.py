"""On paper: the blank form of a service, and one's own that is filled in so far, to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import FormField, When
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import LENGTH
from gongzhi.work.public_services.pages.filling import around, no_form
from gongzhi.work.public_services.pages.kept_form import kept_form
from gongzhi.work.public_services.pages.sending import told_pages
from gongzhi.work.public_services.selectors.forms import wanted_of
from gongzhi.work.public_services.selectors.services import offices_of, service_named

BOXES = {"id_number": (18,), "phone": (11,), "date": (4, 2, 2)}
"""Kinds of field of which each character has a box of its own."""


@dataclass(frozen=True)
class Blank:
    """A field as it is drawn: boxes, choices to tick, or lines to write on."""

    field: FormField
    boxes: tuple[range, ...]
    lines: range
    only: str
    """When it is to be filled in; "" for always."""


@public
@require_safe
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """The form to be written on: questions, fields, papers to bring, where to take it."""
    found = service_named(code)
    if not found.is_online:
        words = _("这项服务没有表，请直接到窗口办。")
        raise Refused(words, code="not_online", status=404)
    here = {
        "service": found, "offices": offices_of(found), "code_boxes": range(LENGTH),
        "sections": [
            (one, _only(found, one.when), [_blank(found, it) for it in one.fields])
            for one in found.sections
        ],
        "materials": [
            (one, _only(found, one.when)) for one in found.materials if one.is_asked_for
        ],
    }  # fmt: skip
    return render(request, "public_services/paper.html", here)


@public
@never_cache
@require_safe
def filled(request: HttpRequest) -> HttpResponse:
    """What one has filled in so far, with the code by which a counter goes on with it."""
    form = kept_form(request)
    if form is None:
        return no_form()
    asked = [one for one in wanted_of(form) if one.item.is_asked_for]
    here = {
        **around(form), "told": told_pages(form), "wanted": asked,
        "offices": offices_of(service_named(form.service)),
    }  # fmt: skip
    return render(request, "public_services/paper_filled.html", here)


def _blank(service: Service, field: FormField) -> Blank:
    boxes = tuple(range(n) for n in BOXES.get(field.kind, ()))
    lines = range(4 if field.kind == "long_text" else 2 if field.kind == "address" else 1)
    return Blank(field, boxes, lines, _only(service, field.when))


def _only(service: Service, when: When) -> str:
    """The answers and choices with which it applies, in words."""
    named: list[str] = []
    for code, wanted in when.items():
        question = service.question(code)
        field = next((one for one in service.fields if one.code == code), None)
        for one in wanted:
            said = question.answer(one) if question else field.choice(one) if field else None
            named.append(str(said) if said else one)
    return _("、").join(named)
