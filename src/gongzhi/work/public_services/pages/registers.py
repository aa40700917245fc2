"""Letting the office look into its own registers, and using what it finds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import limit, throttled
from gongzhi.base.catalogue.kinds.register import Register
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.models import Unfinished
from gongzhi.work.public_services.pages.filling import (
    RESIDENT,
    around,
    at_form,
    no_form,
    to_next,
)
from gongzhi.work.public_services.pages.kept_form import keep_form, kept_form
from gongzhi.work.public_services.selectors.facts import Offer
from gongzhi.work.public_services.selectors.registers import key_of, registers_for, who_in

TRIES_OF_A_NUMBER, DAY_SECONDS = 5, 86_400
"""So often a day can the same identity number be asked for, from wherever."""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("services.register", tries=10, seconds=3600)
def held(request: HttpRequest) -> HttpResponse:
    """Which registers could answer; with consent, what one says; then what is ticked."""
    form = kept_form(request)
    if form is None:
        return no_form()
    who, wrong, asked = who_in(form), "", None
    found = list[Offer]()
    if request.method == "POST":
        asked = _register(form, request.POST.get("register", ""))
        try:
            if request.POST.get("take") == "yes":
                return _taken(request, form, asked)
            if who:
                _limit(asked, who["person.id_number"])
            agreed = request.POST.get("agreed") == "on"
            found = actions.ask_register(RESIDENT, form, asked, agreed=agreed)
        except Refused as refused:
            wrong, asked = str(refused), None
    here = {
        **around(form), "registers": registers_for(form), "who": who is not None,
        "wrong": wrong, "asked": asked, "offers": found,
    }  # fmt: skip
    return render(request, "public_services/held.html", here, status=422 if wrong else 200)


@public
@require_POST
@throttled("services.own", tries=60, seconds=600)
def own(request: HttpRequest, field: str) -> HttpResponse:
    """Type a field after all."""
    form = actions.fill_in_myself(RESIDENT, at_form(request), field)
    return keep_form(to_next(form), form)


def _taken(request: HttpRequest, form: Unfinished, register: Register) -> HttpResponse:
    fields = request.POST.getlist("field")
    saved = actions.take_from_register(RESIDENT, form, register, fields)
    words = ngettext("用上了 %(n)s 项，不用再填。", "用上了 %(n)s 项，不用再填。", len(fields))
    messages.success(request, words % {"n": len(fields)})
    return keep_form(to_next(saved), saved)


def _register(form: Unfinished, code: str) -> Register:
    found = next((one for one in registers_for(form) if one.code == code), None)
    if found is None:
        raise Refused(_("这张表用不着查这个登记。"), code="no_such_register", status=409)
    return found


def _limit(register: Register, number: str) -> None:
    key = key_of(register.code, number)
    limit("services.register.one", key, tries=TRIES_OF_A_NUMBER, seconds=DAY_SECONDS)
