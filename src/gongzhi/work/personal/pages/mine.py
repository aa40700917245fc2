"""The resident's pages: what is held of me, who looked, take it along, have it changed or gone."""

from __future__ import annotations

import secrets

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.kept import Kept
from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Person
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.forms import FollowForm
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages.kept import KEPT, kept_receipt, own_deed, to_matter
from gongzhi.work.participation.selectors import receipt_of, receipt_with
from gongzhi.work.personal import actions
from gongzhi.work.personal.actions.asking import PROCEDURE
from gongzhi.work.personal.forms import AskForm, EndsForm
from gongzhi.work.personal.law import cited
from gongzhi.work.personal.models import PersonalRequest
from gongzhi.work.personal.selectors.held import held, photos_of, sealed_labels
from gongzhi.work.personal.selectors.looks import looks_under
from gongzhi.work.personal.selectors.own import can_prove, persons_of

SHOWN = Kept("own", "gongzhi.personal.shown", hours=1)
"""Which person's details this browser may see: shown by the end of their number."""


def _receipt(request: HttpRequest) -> Receipt | None:
    """What this browser asks about: the receipt that it opened, or the one that its request about
    data is about."""
    receipt = kept_receipt(request)
    one = _followed_request(receipt)
    return receipt_with(one.about_id) if one is not None else receipt


def _followed_request(receipt: Receipt | None) -> PersonalRequest | None:
    if receipt is None or receipt.matter.procedure != PROCEDURE:
        return None
    return PersonalRequest.objects.filter(pk=receipt.matter_id).select_related("matter").first()


def _person(request: HttpRequest, about: Receipt) -> Person | None:
    """Who has shown who they are: by their number within the last hour, or to whoever granted the
    request whose code this browser has. Never anybody but those whose code it is."""
    persons = persons_of(about)
    key = SHOWN.key_in(request)
    shown = next((one for one in persons if one.pk == key), None)
    if shown is not None or len(persons) != 1:
        return shown
    one = _followed_request(kept_receipt(request))
    granted = one is not None and one.proved and one.matter.step == "granted"
    return persons[0] if granted else None


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("my-data", tries=20, seconds=600)
def mine(request: HttpRequest) -> HttpResponse:
    """What is held under one's code; without one it asks for it, as *follow* does."""
    if request.method == "POST" and "code" in request.POST:
        return _opened(request)
    about = _receipt(request)
    if about is None:
        return render(request, "personal/code.html", {"form": FollowForm()})
    form = EndsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            own = actions.show_own(Actor.resident(), about, form.cleaned_data["ends"])
            return SHOWN.keep(redirect("personal:mine"), own.pk)
    person = _person(request, about)
    looks = looks_under(about, person)
    here = {
        "about": about,
        "matter": about.matter,
        "person": person,
        "parts": held(about, person),
        "pictures": len(photos_of(about)),
        "sealed": [] if person else sealed_labels(about),
        "can_prove": person is None and can_prove(about),
        "form": form,
        "looks": looks,
        "is_case": about.matter.procedure_item.kind == "case",
        "requests": about.personal_requests.select_related("matter").order_by("-pk"),
    }
    return render(request, "personal/mine.html", here, status=422 if form.errors else 200)


def _opened(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            return KEPT.keep(redirect("personal:mine"), receipt_of(form.cleaned_data["code"]).pk)
    return render(request, "personal/code.html", {"form": form}, status=422)


@public
@never_cache
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at mine: as what and of which unit, when, what for."""
    about = _receipt(request)
    if about is None:
        return redirect("personal:mine")
    found = looks_under(about, _person(request, about))
    here = {"matter": about.matter, "looks": found, "several": len(persons_of(about)) > 1}
    return render(request, "personal/looks.html", here)


@public
@never_cache
@require_POST
@throttled("my-data-copy", tries=10, seconds=600)
def copy(request: HttpRequest) -> HttpResponse:
    """Everything as one file, to take along."""
    about = _receipt(request)
    if about is None:
        return redirect("personal:mine")
    body = actions.take_copy(Actor.resident(), about, _person(request, about))
    answer = HttpResponse(body, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{about.matter.number}.zip"'
    return answer


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("my-data-ask", tries=10, seconds=600)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction, deletion and the like; a good one leads to its own code."""
    about = _receipt(request)
    if about is None:
        return redirect("personal:mine")
    first = {"asks": request.GET.get("asks", ""), "idempotency_key": secrets.token_urlsafe(24)}
    form = AskForm(request.POST or None, about=about, initial=first)
    person = _person(request, about)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return to_matter(_asked(form, about, proved=person is not None))
    here = {
        "about": about, "matter": about.matter, "form": form, "person": person,
        "laws": [(asks, cited(asks)) for asks in PersonalRequest.Asks.values],
    }  # fmt: skip
    return render(request, "personal/ask.html", here, status=422 if form.errors else 200)


def _asked(form: AskForm, about: Receipt, *, proved: bool) -> Receipt:
    """Open it; what was received before is the same again."""
    told, key = form.cleaned_data, form.cleaned_data["idempotency_key"]
    if (before := _sent_before(key, about)) is not None:
        return before
    try:
        return actions.ask(
            Actor.resident(), about, told["asks"], told["words"], proved=proved,
            wanted=form.wanted, idempotency_key=key,
        )  # fmt: skip
    except IntegrityError:  # sent twice at once: the first one stands
        if (before := _sent_before(key, about)) is None:
            raise
        return before


def _sent_before(key: str, about: Receipt) -> Receipt | None:
    found = Receipt.objects.filter(
        code_hash=hashed(code_for(key)), matter__personal_request__about=about
    )
    return receipt_of(code_for(key)) if found.exists() else None


@public
@require_POST
@throttled("my-data-withdraw", tries=20, seconds=600)
@own_deed(PROCEDURE)
def withdraw(request: HttpRequest, receipt: Receipt) -> str:
    """Take one's request back."""
    actions.withdraw_request(Actor.resident(), receipt)
    return _("已经撤回。")
