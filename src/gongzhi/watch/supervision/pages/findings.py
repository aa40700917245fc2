"""The board of findings, and one finding with its evidence and its answer."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision import actions, selectors
from gongzhi.watch.supervision.models import Finding
from gongzhi.watch.supervision.permissions import ANSWER, OVERSEE, VIEW, require_reader
from gongzhi.watch.supervision.states import MAY_FOLLOW, TO_ANSWER, State

A_PAGE = 25
NARROWED = (("unit", 18), ("rule", 40), ("severity", 10))
"""By what the board is narrowed, and how long that can be."""


@staff(VIEW)
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is to be answered by one's unit; then all findings by unit, rule and severity."""
    account = account_of(request)
    every = selectors.readable(account)
    asked = {key: request.GET[key][:most] for key, most in NARROWED if request.GET.get(key)}
    found = every.filter(**asked) if asked.get("unit", "0").isdecimal() else every.none()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    units, rules = selectors.by_unit(every), selectors.by_rule(every)
    chosen = {row.code: row.name for row in (*units, *rules)}
    here = {
        "page": page,
        "asked": asked,
        "narrowed": chosen.get(asked.get("rule") or asked.get("unit", "")),
        "mine": selectors.to_answer(account)[:A_PAGE] if may(account, ANSWER) else None,
        "units": units,
        "rules": rules,
        "severities": selectors.by_severity(every),
        "bars": selectors.trend(found),
        "oversees": may(account, OVERSEE),
    }
    return render(request, "supervision/board.html", here)


@staff(VIEW)
@never_cache
@require_safe
def finding(request: HttpRequest, key: int) -> HttpResponse:
    """One finding: what was found, on which entries it stands, and what became of it."""
    account, one = account_of(request), _finding(request, key)
    own = account.unit_id in (one.unit_id, one.answerer_id)
    judges = may(account, OVERSEE) and not own
    here = {
        "one": one,
        "facts": selectors.facts_in_words(one),
        "evidence": selectors.evidence(one),
        "course": selectors.course(one),
        "can_answer": may(account, ANSWER)
        and account.unit_id == one.answerer_id
        and one.state in TO_ANSWER,
        "can_accept": judges and one.state in MAY_FOLLOW[State.ACCEPTED],
        "can_escalate": judges and one.state in MAY_FOLLOW[State.ESCALATED] and one.answerer.parent,
    }
    return render(request, "supervision/finding.html", here)


@staff(ANSWER)
@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """The unit's answer."""
    return _done(request, key, actions.answer_finding, _("已答复，等待认定。"))


@staff(OVERSEE)
@require_POST
def accept(request: HttpRequest, key: int) -> HttpResponse:
    """The answer stands."""
    return _done(request, key, actions.accept_finding, _("已认可，问题办结。"))


@staff(OVERSEE)
@require_POST
def send_back(request: HttpRequest, key: int) -> HttpResponse:
    """The answer won't do."""
    return _done(request, key, actions.send_finding_back, _("已退回，请原单位重新答复。"))


@staff(OVERSEE)
@require_POST
def escalate(request: HttpRequest, key: int) -> HttpResponse:
    """The unit above answers."""
    return _done(request, key, actions.escalate_finding, _("已提级，由上级单位答复。"))


def _done(request: HttpRequest, key: int, act: Callable[..., Finding], said: str) -> HttpResponse:
    act(
        by_of(request),
        _finding(request, key),
        words=request.POST.get("words", ""),
    )
    messages.success(request, said)
    return redirect("supervision:finding", key)


def _finding(request: HttpRequest, key: int) -> Finding:
    related = ("unit", "answerer__parent", "matter")
    found = Finding.objects.select_related(*related).filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个监督问题。"), code="no_such_finding", status=404)
    require_reader(account_of(request), found)
    return found
