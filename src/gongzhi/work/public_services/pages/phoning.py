"""The phone desk: somebody tells it on the telephone, it is read back to them, and sent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import FormField
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.participation.codes import code_for, shown
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import receipt_of
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.actions import NewApplication
from gongzhi.work.public_services.forms import PhoneForm
from gongzhi.work.public_services.pages.guide import choices_of, told_back
from gongzhi.work.public_services.permissions import PHONE
from gongzhi.work.public_services.selectors.checking import check
from gongzhi.work.public_services.selectors.services import (
    LONGEST_SEARCH,
    groups,
    office_named,
    offices_of,
    service_named,
)


@staff(PHONE)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """What can be applied for by telephone: whatever has a form."""
    words = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "")
    found = [
        (one.name, [it for it in one.services if it.is_online]) for one in groups(words)
    ]  # fmt: skip
    here = {"groups": [one for one in found if one[1]], "q": words}
    return render(request, "public_services/phone.html", here)


@staff(PHONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, code: str) -> HttpResponse:
    """The check, a question at a time; everything else on one page; the same read back; then the
    code, to be told. Nothing is kept before the caller has said that it is right."""
    found = service_named(code)
    come = check(found, {one.code: request.GET.get(one.code, "") for one in found.questions})
    may = found.is_online and (
        not found.questions or (come.verdict is not None and come.verdict.kind == "yes")
    )
    typed = {one.code: request.POST.get(one.code, "") for one in found.fields}
    fields = found.fields_for({**come.answers, **typed})
    form = PhoneForm(fields, offices_of(found), request.POST or None)
    address = reverse("public_services:phone_service", args=[code])
    here = {
        "service": found, "come": come, "may": may, "form": form,
        "key": request.POST.get("key", "") or secrets.token_urlsafe(24),
        "choices": choices_of(come, address), "back": told_back(come, address),
    }  # fmt: skip
    changes = request.POST.get("do") == "change"
    if request.method == "POST" and may and not changes and form.is_valid():
        if request.POST.get("do") != "send":
            told = {**here, **_back(form, fields)}
            return render(request, "public_services/phone_back.html", told)
        with refused_in(form):
            return _sent(request, _new(found, form, fields, come.answers), str(here["key"]))
    status = 422 if request.method == "POST" and not changes else 200
    return render(request, "public_services/phone_form.html", here, status=status)


def _new(
    service: Service, form: PhoneForm, fields: list[FormField], answers: Mapping[str, str]
) -> NewApplication:
    told = {one.code: form.cleaned_data.get(one.code, "") for one in fields}
    office = office_named(service, form.cleaned_data["office"])
    return NewApplication(service=service, office=office, fields=told, answers=answers)


def _sent(request: HttpRequest, new: NewApplication, key: str) -> HttpResponse:
    """Sent, or sent already: the code to tell."""
    try:
        receipt: Receipt = actions.file_by_phone(
            by_of(request), new, agreed=True, read_back=True, key=key
        )
    except IntegrityError:  # sent twice: the first one stands
        receipt = receipt_of(code_for(key))
    here = {
        "service": new.service, "office": new.office, "code": shown(code_for(key)),
        "number": receipt.matter.number,
        "materials": [
            one for one in new.service.materials_for({**new.answers, **new.fields})
            if one.is_asked_for
        ],
    }  # fmt: skip
    return render(request, "public_services/phone_sent.html", here)


def _back(form: PhoneForm, fields: list[FormField]) -> dict[str, object]:
    """What is read back, and the same to be sent with it."""
    told = form.cleaned_data
    lines = []
    for one in fields:
        choice = one.choice(told.get(one.code, ""))
        lines.append((str(one.name), str(choice) if choice else told.get(one.code, "")))
    sent = [(one.code, told.get(one.code, "")) for one in fields]
    return {"lines": lines, "sent": [*sent, ("office", told["office"]), ("agreed", "on")]}
