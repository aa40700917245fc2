"""For whoever keeps the data, and for the units that are responsible for a source."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.load import CatalogueError, catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.alerts.models import Source
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.outside_words import why_failed
from gongzhi.watch.exchange.receiving import actions, running
from gongzhi.watch.exchange.receiving.models import Batch, Line
from gongzhi.watch.exchange.receiving.permissions import DECIDE, VIEW, seen_by
from gongzhi.watch.exchange.receiving.selectors import (
    PAGE,
    quarantine_of,
    reasons_of,
    unread_texts,
)
from gongzhi.watch.exchange.receiving.timeline import weeks_of
from gongzhi.watch.exchange.receiving.words import KINDS, hold_reason, row_reason

A_PAGE = 20
State = Batch.State


@staff(VIEW)
@never_cache
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source that this reader sees; those that need somebody first. As many queries for
    many as for one."""
    seen = seen_by(request.user)
    codes = [one.code for one in seen]
    held = Batch.objects.filter(connector__in=codes, state=State.HELD).order_by("-pk")
    here = {
        "rows": _rows([one for one in seen if not one.paused]),
        "paused": [one for one in seen if one.paused],
        "held": [_with_words(one) for one in held[:A_PAGE]],
        "alerts": Source.objects.filter(ended_at=None).order_by("code")
        if may(request.user, DECIDE)
        else [],
    }
    return render(request, "receiving/sources.html", here)


@staff(VIEW)
@never_cache
@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """One source: how it goes, what it delivered, what was agreed."""
    one = _seen(request, code)
    batches = Batch.objects.filter(connector=code).order_by("-pk")
    line = Line.objects.filter(connector=code).first()
    here = {
        "one": one, "line": line, "weeks": weeks_of([code])[code],
        "why": why_failed(line.failure) if line and line.failure else "",
        "unit": Unit.objects.filter(code=one.unit).first() or one.unit,
        "page": Paginator(batches, A_PAGE).get_page(request.GET.get("page")),
        "fields": [(field, KINDS[field.type]) for field in one.contract.fields],
        "decides": may(request.user, DECIDE), "spans": running.takes_span(one),
    }  # fmt: skip
    return render(request, "receiving/source.html", here)


@staff(VIEW)
@never_cache
@require_safe
def batch(request: HttpRequest, key: int) -> HttpResponse:
    """One delivery: why it is held, and its rows in quarantine with what is wrong with each."""
    found = _batch(request, key)
    one = _now(found.connector)
    reason = request.GET.get("reason", "")
    reasons = reasons_of(one, found)
    wrong = {code: (row_reason(code, one), many) for code, many in reasons.items()}
    many = reasons.get(reason, 0) if reason else found.quarantined
    page = Paginator(range(many), PAGE).get_page(request.GET.get("page"))
    shown = quarantine_of(one, found, reason=reason, page=page.number)
    here = {
        **_with_words(found), "one": one, "reasons": wrong, "reason": reason, "page": page,
        "fields": one.contract.fields, "decides": may(request.user, DECIDE),
        "rows": [_told(row, one) for row in shown],
        "unread": list(_unread(one, found, reasons)) if may(request.user, DECIDE) else [],
        "readable": not any(r.startswith(("columns", "unreadable")) for r in found.reasons),
        "gone": not found.staged,
    }  # fmt: skip
    return render(request, "receiving/batch.html", here)


@staff(DECIDE)
@require_POST
def decide(request: HttpRequest, key: int, what: str) -> HttpResponse:
    """Take it over, turn it away, hold it to the contract anew, stop it or let it go on."""
    found = _batch(request, key)
    if what not in DONE:
        raise Refused(_("没有这个操作。"), code="unknown", status=404)
    try:
        said = DONE[what](by_of(request), _now(found.connector), found)
    except LineFailed as failed:
        raise Refused(why_failed(failed.code), code=failed.code, status=409) from failed
    messages.success(request, said)
    return redirect("receiving:batch", key)


@staff(DECIDE)
@require_POST
def read_as(request: HttpRequest, key: int) -> HttpResponse:
    """Say what a text of the source means, and hold the delivery to the contract anew."""
    found = _batch(request, key)
    one = _now(found.connector)
    told = {name: request.POST.get(name, "") for name in ("field", "said", "means")}
    actions.read_as(by_of(request), one, **told)
    running.replay(one, found)
    messages.success(request, _("记下了，这一批已经照新的读法重新核对。"))
    return redirect("receiving:batch", key)


@staff(DECIDE)
@require_POST
def ask_now(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the source at the next moment, not only at its next turn."""
    actions.ask_now(by_of(request), _seen(request, code))
    messages.success(request, _("马上去取，几秒后刷新看结果。"))
    return redirect("receiving:source", code)


def _rows(connectors: list[Connector]) -> list[dict[str, Any]]:
    """Each source with how it stands and its last weeks."""
    codes = [one.code for one in connectors]
    lines: dict[str, Line] = Line.objects.in_bulk(codes)
    weeks, units = weeks_of(codes), {one.code: one for one in Unit.objects.all()}
    return [
        {"one": one, "line": (line := lines.get(one.code)), "weeks": weeks[one.code],
         "unit": units.get(one.unit, one.unit),
         "why": why_failed(line.failure) if line and line.failure else ""}
        for one in connectors
    ]  # fmt: skip


def _release(by: Any, one: Connector, found: Batch) -> str:
    running.release(by, one, found)
    return _("收下了。")


def _turn_away(by: Any, _one: Connector, found: Batch) -> str:
    actions.turn_away(by, found)
    return _("没有收，原样已清掉。")


def _replay(_by: Any, one: Connector, found: Batch) -> str:
    done = running.replay(one, found)
    if done.state == State.HELD:
        return _("重新核对过，还要人决定。")
    told = {"kept": done.kept, "bad": done.quarantined}
    return _("重新核对过：新收 %(kept)s 行，隔离 %(bad)s 行。") % told


def _stop(by: Any, _one: Connector, found: Batch) -> str:
    actions.ask_to_stop(by, found)
    return _("读完手上这一段就停。")


def _resume(by: Any, _one: Connector, found: Batch) -> str:
    actions.resume(by, found)
    return _("接着读，几秒后刷新看结果。")


DONE = {
    "release": _release, "turn-away": _turn_away, "replay": _replay,
    "stop": _stop, "resume": _resume,
}  # fmt: skip


def _seen(request: HttpRequest, code: str) -> Connector:
    for one in seen_by(request.user):
        if one.code == code:
            return one
    raise Refused(_("没有这个数据来源，或者不归本单位负责。"), code="no_source", status=404)


def _batch(request: HttpRequest, key: int) -> Batch:
    found = Batch.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这一批。"), code="no_batch", status=404)
    _seen(request, found.connector)
    return found


def _now(code: str) -> Connector:
    """The connector as its file says now: somebody may just have corrected it."""
    try:
        return running.connector_of(code)
    except CatalogueError as wrong:
        words = _("来源的目录文件有错，改好再来：%(what)s")
        raise Refused(words % {"what": wrong}, code="catalogue", status=409) from wrong


def _with_words(found: Batch) -> dict[str, Any]:
    one = catalogue().connectors.get(found.connector)
    said = [hold_reason(code, one) for code in found.reasons] if one else found.reasons
    return {"batch": found, "source": one, "holds": said}


def _told(row: dict[str, Any], one: Connector) -> dict[str, Any]:
    """A row of the table: each field with its text and what is wrong with it."""
    wrong: dict[str, list[str]] = {}
    for code in row["reasons"]:
        name = code.partition(":")[0]
        wrong.setdefault(name, []).append(row_reason(code, one))
    cells = [
        {"text": row["values"].get(field.name, ""), "sealed": field.personal is not None,
         "wrong": bool(wrong.get(field.name)), "field": field}
        for field in one.contract.fields
    ]  # fmt: skip
    said = [words for some in wrong.values() for words in some]
    return {"number": row["number"], "cells": cells, "said": said}


def _unread(one: Connector, found: Batch, reasons: dict[str, int]) -> Any:
    """Fields with texts that nobody has said the meaning of: the texts, and what they may mean."""
    for field in one.contract.fields:
        known = {means: said for said, means in field.table.items()}
        choices = [(code, known.get(code, "")) for code in field.one_of or known]
        if f"{field.name}:choice" in reasons and choices and field.personal is None:
            yield field, unread_texts(one, found, field.name), choices
