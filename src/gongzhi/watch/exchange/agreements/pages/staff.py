"""A department asks and sees what it gets; owners and the steward decide, end, and see the use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.watch.exchange.agreements import actions
from gongzhi.watch.exchange.agreements.drawing import drawn
from gongzhi.watch.exchange.agreements.forms import AskForm, DecideForm, EndForm, StewardForm
from gongzhi.watch.exchange.agreements.models import Agreement, Given
from gongzhi.watch.exchange.agreements.pages.showing import terms_of
from gongzhi.watch.exchange.agreements.periods import latest_of
from gongzhi.watch.exchange.agreements.permissions import (
    ASK,
    CONSENT,
    DECIDE,
    VIEW,
    owners_asked,
    seen_by,
)
from gongzhi.watch.exchange.agreements.selectors import (
    budget_left,
    fields_shown,
    given_lately,
    lacking,
)
from gongzhi.watch.exchange.agreements.states import OVER, Part, State
from gongzhi.watch.exchange.agreements.waiting import parts_for, waits_for
from gongzhi.watch.exchange.agreements.words import refusal_words, what_words

A_PAGE, QUESTIONS = 20, "questions"


@staff(VIEW)
@never_cache
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """What waits for this reader, what is in force, what is over."""
    account, seen = _me(request), seen_by(request.user)
    waiting = list(seen.filter(state=State.WAITING).order_by("asked_at"))
    mine = [one for one in waiting if waits_for(account, one)]
    standing = list(seen.filter(state=State.IN_FORCE).order_by("until", "pk"))
    over = Paginator(seen.filter(state__in=OVER).order_by("-ended_at"), A_PAGE)
    lately, page = given_lately(standing), over.get_page(request.GET.get("page"))
    here = {
        "mine": [terms_of(one) for one in mine],
        "waiting": [(terms_of(one), lacking(one)) for one in waiting if one not in mine],
        "standing": [(terms_of(one), lately.get(one.pk)) for one in standing],
        "page": page, "over": [terms_of(one) for one in page],
        "picture": drawn(Given.objects.filter(agreement__in=seen)),
        "asks": may(account, ASK), "all": may(account, DECIDE),
    }  # fmt: skip
    return render(request, "agreements/agreements.html", here)


@staff(ASK)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What there is to ask for: rows of other units, and questions."""
    own = _me(request).unit.code
    offers = [(one, one.owner == own) for one in catalogue().offers.values()]
    here = {"offers": offers, "questions": list(catalogue().questions.values())}
    return render(request, "agreements/choose.html", here)


@staff(ASK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for fields of one offer, or for answers. Nothing is ticked when it opens."""
    offer = catalogue().offers.get(code)
    if offer is None and code != QUESTIONS:
        raise Refused(_("这类数据不能共享。"), code="no_offer", status=404)
    form = AskForm(offer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            made = actions.ask_sharing(by_of(request), **form.asked())
            messages.success(request, _("申请交上去了，归口单位和数据管理员会收到。"))
            return redirect("agreements:agreement", made.pk)
    chosen = request.POST.getlist("fields_wanted")
    here = {
        "form": form, "offer": offer, "chosen": chosen,
        "shown": fields_shown(offer) if offer else [],
        "questions": list(catalogue().questions.values()),
        "dataset": catalogue().datasets.get(offer.dataset) if offer else None,
    }  # fmt: skip
    return render(request, "agreements/ask.html", here, status=422 if form.is_bound else 200)


@staff(VIEW)
@never_cache
@require_safe
def agreement(request: HttpRequest, key: int) -> HttpResponse:
    """One agreement: its terms, who consented, what was given."""
    return _page(request, _found(request, key))


@staff(VIEW)
@require_POST
def decide(request: HttpRequest, key: int, part: str) -> HttpResponse:
    """Say yes or no, as the owner of the data or as its steward."""
    found = _found(request, key)
    form = (StewardForm if part == Part.STEWARD else DecideForm)(request.POST)
    if form.is_valid():
        with refused_in(form):
            said = _said(request, found, part, form.cleaned_data)
            messages.success(request, said)
            return redirect("agreements:agreement", key)
    return _page(request, found, decide=form, status=422)


@staff(VIEW)
@require_POST
def end(request: HttpRequest, key: int) -> HttpResponse:
    """End it at once."""
    found, form = _found(request, key), EndForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            actions.end_sharing(by_of(request), found, form.cleaned_data["why"])
            messages.success(request, _("约定已经结束，从现在起不再给数据。"))
            return redirect("agreements:agreement", key)
    return _page(request, found, end=form, status=422)


@staff(ASK)
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a request back."""
    actions.withdraw_sharing(by_of(request), _found(request, key))
    messages.success(request, _("申请撤回了。"))
    return redirect("agreements:agreement", key)


@staff(ASK, again=True)
@never_cache
@require_POST
def make_key(request: HttpRequest, key: int) -> HttpResponse:
    """The agreement's key, shown this once."""
    found = _found(request, key)
    issued, secret = actions.bind_key(by_of(request), found)
    return _page(request, found, issued=issued, secret=secret)


def _said(request: HttpRequest, found: Agreement, part: str, told: dict[str, Any]) -> str:
    by, reason = by_of(request), told["reason"]
    if request.POST.get("verdict") != "yes":
        actions.refuse_sharing(by, found, part, reason)
        return _("记下了：不同意。")
    kept = actions.consent_sharing(by, found, part, reason, told.get("budget"))
    if kept.state == State.IN_FORCE:
        return _("同意了，约定从现在起生效。")
    return _("同意了，还等别人。")


def _page(request: HttpRequest, found: Agreement, status: int = 200, **more: Any) -> HttpResponse:
    account = _me(request)
    given = list(Given.objects.filter(agreement=found).order_by("-day", "what", "refused"))
    parts = parts_for(account, found)
    own = account.unit_id == found.unit_id and may(account, ASK)
    owner = any(one.pk == account.unit_id for one in owners_asked(found)) and may(account, CONSENT)
    standing = found.opens_at(now())
    here: dict[str, Any] = {
        "terms": terms_of(found), "one": found, "own": own, "standing": standing,
        "consents": list(found.consents.select_related("unit", "by").order_by("at")),
        "lacking": lacking(found), "parts": [_part(one) for one in parts],
        "picture": drawn(given),
        "given": [_told(found, one) for one in given[:60]], "left": budget_left(found),
        "ends": standing and (own or owner or may(account, DECIDE)), "end": EndForm(),
        "keys": list(found.keys.select_related("key").order_by("-key__made_at")) if own else [],
        "commands": list(_commands(request, found)),
        "withdraws": own and found.state == State.WAITING,
    }  # fmt: skip
    return render(request, "agreements/agreement.html", here | more, status=status)


def _commands(request: HttpRequest, found: Agreement) -> Iterator[str]:
    """How a program asks, to be copied."""
    at = request.build_absolute_uri(f"/api/agreements/v1/{found.pk}")
    asks = [f"{at}/rows"] if found.offer else []
    today = timezone.localdate(now())
    asks += [
        f"{at}/questions/{one.code}?period={latest_of(one.period, today)}"
        for one in found.question_items
    ]
    yield from (f'curl -H "Authorization: Bearer gz_…" "{one}"' for one in asks)


def _part(part: Part) -> tuple[Part, DecideForm]:
    return part, StewardForm() if part == Part.STEWARD else DecideForm()


def _told(found: Agreement, one: Given) -> tuple[Given, str, str]:
    return one, what_words(one.what), refusal_words(one.refused) if one.refused else ""


def _found(request: HttpRequest, key: int) -> Agreement:
    found = seen_by(request.user).filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这份约定。"), code="no_agreement", status=404)
    return found


def _me(request: HttpRequest) -> Account:
    account = request.user
    assert isinstance(account, Account)  # noqa: S101  (the mark lets nobody else in)
    return account
