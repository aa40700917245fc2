"""Filling in a form: a page at a time, saved each time, on any device by its code."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.catalogue.kinds.service_parts import FormField
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.participation.codes import code_for, shown
from gongzhi.work.participation.forms import FollowForm
from gongzhi.work.participation.pages.kept import to_matter
from gongzhi.work.participation.selectors import receipt_of
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.forms import PageForm
from gongzhi.work.public_services.models import Unfinished
from gongzhi.work.public_services.pages.kept_form import keep_form, kept_form, let_go
from gongzhi.work.public_services.selectors.checking import may_apply
from gongzhi.work.public_services.selectors.facts import (
    changed_fields,
    in_part,
    looked_up,
    source_words,
)
from gongzhi.work.public_services.selectors.forms import (
    content_of,
    erased_on,
    fields_on,
    form_of,
    has_changed,
    next_page,
    pages_of,
    service_of,
    told_in,
    wanted_of,
)
from gongzhi.work.public_services.selectors.registers import registers_for
from gongzhi.work.public_services.selectors.services import service_named

RESIDENT = Actor.resident()


def at_form(request: HttpRequest) -> Unfinished:
    """The form that this browser is at; refused, in words, where there is none."""
    form = kept_form(request)
    if form is None:
        words = _(
            "没有正在填的表，可能已经提交，或者放了太久。有查询码的，可以用它接着填、看进度。"
        )
        raise Refused(words, code="no_form", status=404)
    return form


@public
@require_POST
@throttled("services.apply", tries=20, seconds=600)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the form of a service, with what the check was answered."""
    service = service_named(code)
    answers = {one.code: request.POST.get(one.code, "") for one in service.questions}
    form = actions.begin_form(RESIDENT, service, answers, key=secrets.token_urlsafe(24))
    return keep_form(redirect("public_services:page", service.sections[0].code), form)


def no_form() -> HttpResponse:
    """Where whoever is at no form goes on: to the page that asks for the code."""
    return redirect(f"{reverse('public_services:resume')}?gone=yes")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("services.page", tries=200, seconds=600)
def page(request: HttpRequest, section: str) -> HttpResponse:
    """One page of the form. A good one is saved and leads to the next."""
    form = kept_form(request)
    if form is None:
        return no_form()
    service, told = service_of(form), told_in(form)
    found = next((one for one in service.sections_for(told) if one.code == section), None)
    if found is None:
        return to_next(form)
    fields, kept = fields_on(service, found, told), looked_up(form)
    typed = [one for one in fields if one.code not in kept]
    shown_form = PageForm(
        typed, request.POST if request.method == "POST" else None, initial=content_of(form)
    )
    if request.method == "POST" and shown_form.is_valid():
        with refused_in(shown_form):
            saved = actions.save_page(RESIDENT, form, found.code, shown_form.cleaned_data)
            return keep_form(to_next(saved, after=found.code), saved)
    pages = [one.section.code for one in pages_of(form)]
    sources = told_before(form)
    here = {
        **around(form),
        "section": found,
        "page_form": shown_form,
        "told_before": [(one.name, *sources[one.code]) for one in typed if one.code in sources],
        "looked_up": [
            (one, in_part(one, told[one.code]), sources[one.code][0])
            for one in fields
            if one.code in kept
        ],
        "may_look_up": bool(registers_for(form)) and any(_is_held(one) for one in typed),
        "number": pages.index(found.code) + 1,
        "all": len(pages) + 1,
        "before": pages[pages.index(found.code) - 1] if pages.index(found.code) else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "public_services/page.html", here, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("follow", tries=20, seconds=600)
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a form on this device, by its code; what was sent already is followed."""
    ask = FollowForm(request.POST or None)
    if request.method == "POST" and ask.is_valid():
        found = form_of(ask.cleaned_data["code"])
        if found is not None:
            return _gone_on_with(request, found)
        with refused_in(ask):
            return to_matter(receipt_of(ask.cleaned_data["code"]))
    status = 422 if request.method == "POST" else 200
    here = {"ask": ask, "gone": request.GET.get("gone") == "yes"}
    return render(request, "public_services/resume.html", here, status=status)


@public
@require_POST
@throttled("services.erase", tries=20, seconds=600)
def erase(request: HttpRequest) -> HttpResponse:
    """Erase the unfinished form, with its uploads."""
    form = at_form(request)
    code = form.service
    actions.erase_form(RESIDENT, form)
    return let_go(redirect("public_services:service", code))


def around(form: Unfinished) -> dict[str, object]:
    """What every page of the form shows beside its own: service, code, until when it is kept."""
    return {
        "form": form,
        "service": service_of(form),
        "code": shown(code_for(form.key)),
        "erased_on": erased_on(form),
        "changed": has_changed(form),
        "sources": told_before(form),
        "may_reuse": any(one.fact for one in service_of(form).fields),
    }


def told_before(form: Unfinished) -> dict[str, tuple[str, bool]]:
    """Field → where it was told before, in words, and whether it was changed since."""
    return {
        code: (source_words(one), bool(one["changed"]))
        for code, one in changed_fields(form).items()
    }


def _is_held(field: FormField) -> bool:
    return any(field.fact in one.facts for one in catalogue().registers.values())


def _gone_on_with(request: HttpRequest, form: Unfinished) -> HttpResponse:
    """Its first page that isn't done; what an older version of the service asked is taken over."""
    if words := has_changed(form):
        form = actions.carry_over(RESIDENT, form)
        messages.warning(request, words)
        if not may_apply(service_of(form), form.answers):
            return _asked_anew(request, form)
        first = service_of(form).sections_for(told_in(form))[0]
        return keep_form(redirect("public_services:page", first.code), form)
    return keep_form(to_next(form), form)


def _asked_anew(request: HttpRequest, form: Unfinished) -> HttpResponse:
    """Who may apply has changed: the check first, then a form into which this one's answers go by
    its code."""
    code = shown(code_for(form.key))
    words = _(
        "能不能办的条件变了，请再答几个问题。填过的没有丢：开始填时选“用上次填的”，码是 %(code)s。"
    )
    messages.warning(request, words % {"code": code})
    return redirect("public_services:check", form.service)


def to_next(form: Unfinished, after: str = "") -> HttpResponse:
    """The page that comes next; after the last, the papers, or the last look."""
    following = next_page(form, after)
    if following is None:
        asked = any(one.item.is_asked_for for one in wanted_of(form))
        return redirect("public_services:papers" if asked else "public_services:send")
    return redirect("public_services:page", following.code)
