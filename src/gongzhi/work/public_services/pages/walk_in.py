"""Somebody comes to the counter without having applied: the clerk fills the form in with them."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.actions import NewApplication
from gongzhi.work.public_services.forms import WalkInForm
from gongzhi.work.public_services.pages.guide import choices_of, told_back
from gongzhi.work.public_services.permissions import FILE
from gongzhi.work.public_services.selectors.checking import check
from gongzhi.work.public_services.selectors.services import (
    LONGEST_SEARCH,
    at_counter,
    groups_at,
    offices_of,
    service_named,
)


@staff(FILE)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """What this counter deals with: choose what the person came for."""
    words = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "")
    here = {"groups": groups_at(account_of(request).unit, words), "q": words}
    return render(request, "public_services/walk_in.html", here)


@staff(FILE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, code: str) -> HttpResponse:
    """The check, a question at a time, then everything else on one page."""
    found = at_counter(service_named(code))
    unit = account_of(request).unit
    if unit not in offices_of(found):
        words = _("这项服务不在本窗口办，请指给来人该去的窗口。")
        raise Refused(words, code="unknown_unit", status=409)
    come = check(found, {one.code: request.GET.get(one.code, "") for one in found.questions})
    address = reverse("public_services:walk_in_service", args=[code])
    may = not found.questions or (come.verdict is not None and come.verdict.kind == "yes")
    typed = {one.code: request.POST.get(one.code, "") for one in found.fields}
    fields = found.fields_for({**come.answers, **typed})
    ask = WalkInForm(fields, request.POST or None)
    if request.method == "POST" and may and ask.is_valid():
        with refused_in(ask):
            new = NewApplication(
                service=found, office=unit, fields=ask.cleaned_data, answers=come.answers
            )
            agreed = ask.cleaned_data["agreed"]
            key = secrets.token_urlsafe(24)
            receipt = actions.file_at_counter(by_of(request), new, agreed=agreed, key=key)
            messages.success(request, _("登记好了。请把回执给来人，上面有查询码。"))
            return redirect("public_services:application", receipt.matter_id)
    here = {
        "service": found, "come": come, "may": may, "ask": ask, "unit": unit,
        "choices": choices_of(come, address), "back": told_back(come, address),
        "materials": found.materials_for({**come.answers, **typed}),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "public_services/walk_in_form.html", here, status=status)
