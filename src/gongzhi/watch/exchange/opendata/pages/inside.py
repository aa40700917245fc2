"""For those who prepare versions and those who let them out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.again import Again, shown_again
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.opendata import actions
from gongzhi.watch.exchange.opendata.drafting import Draft, drafted, told_periods
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.permissions import CONFIRM, PROPOSE
from gongzhi.watch.exchange.opendata.selectors import (
    budget_of,
    current_of,
    recipe_named,
    versions_of,
    waiting_of,
)
from gongzhi.watch.exchange.opendata.wording import codes_said, headings

SHOWN = 20


@staff(CONFIRM)
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """All open datasets: what waits, what stands."""
    rows = [
        {"one": recipe, "waits": waiting_of(recipe.code), "budget": budget_of(recipe),
         "current": current_of(versions_of(recipe.code))}
        for recipe in catalogue().open_data.values()
    ]  # fmt: skip
    rows.sort(key=lambda row: row["waits"] is None)
    return render(request, "opendata/board.html", {"rows": rows})


@staff(CONFIRM)
@never_cache
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The next version before it is one: what is new, what isn't told, and what was before."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, again: Again | None = None) -> HttpResponse:
    recipe, waits = recipe_named(code), waiting_of(code)
    right = request.GET.getlist("again")
    if waits and waits.state == Version.State.PROPOSED:
        right = waits.again
    elif again:
        right = [one for one in again.typed.get("again", "").split() if one]
    draft, why = _drafted(code, right)
    here = {
        "one": recipe, "waits": waits, "draft": draft, "why": why, "again": again,
        "versions": versions_of(code), "budget": budget_of(recipe), "right": right,
        "periods": told_periods(code), "own": _own(request, waits),
        "changed": bool(draft and waits and waits.digest and waits.digest != draft.digest),
        "prepares": may(request.user, PROPOSE), "headings": headings(recipe),
        "rows": _rows(draft) if draft else [],
        "more": max(0, len(draft.fresh) - SHOWN) if draft else 0,
    }  # fmt: skip
    return render(request, "opendata/preview.html", here, status=422 if again else 200)


def _own(request: HttpRequest, waits: Version | None) -> bool:
    return bool(waits and waits.proposed_by_id == account_of(request).pk)


def _drafted(code: str, right: list[str]) -> tuple[Draft | None, str]:
    try:
        return drafted(recipe_named(code), right), ""
    except Refused as refused:
        return None, str(refused)


def _rows(draft: Draft) -> list[list[Any]]:
    names, recipe = codes_said(draft.recipe), draft.recipe
    first = sorted(draft.fresh, key=lambda row: -(row["count"] or 0))[:SHOWN]
    return [
        [*(names.get(column, {}).get(row[column.value], row[column.value]) or "—"
           for column in recipe.by), row["count"]]
        for row in first
    ]  # fmt: skip


def _again(request: HttpRequest, again: Again, code: str) -> HttpResponse:
    return _page(request, code, again)


@staff(PROPOSE)
@require_POST
@shown_again("propose", _again)
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Hand what was looked at to a second person."""
    actions.propose_version(
        by_of(request), code, request.POST.get("change", ""),
        again=request.POST.get("again", "").split(), seen=request.POST.get("seen", ""),
    )  # fmt: skip
    messages.success(request, _("准备好了，等另一个人审核。"))
    return redirect("opendata:preview", code)


@staff(CONFIRM, again=True)
@require_POST
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    """Let a version out."""
    found = actions.confirm_version(by_of(request), _version(key))
    messages.success(request, _("第 %(n)s 版发布了。") % {"n": found.number})
    return redirect("opendata:preview", found.dataset)


@staff(CONFIRM)
@require_POST
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Let nothing come of it."""
    found = _version(key)
    actions.drop_version(by_of(request), found)
    messages.success(request, _("没有发布，记录还在。"))
    return redirect("opendata:preview", found.dataset)


@staff(CONFIRM, again=True)
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Offer a version no longer."""
    found = _version(key)
    actions.withdraw_version(by_of(request), found, request.POST.get("why", ""))
    messages.success(request, _("撤下了，页面上写着为什么。"))
    return redirect("opendata:preview", found.dataset)


def _version(key: int) -> Version:
    found = Version.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个版本。"), code="no_version", status=404)
    return found
