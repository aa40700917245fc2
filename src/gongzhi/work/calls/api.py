"""What the telephone exchange tells: ``POST /api/calls/ringing`` and ``POST /api/calls/ended``.

Both take JSON and a key with the permission ``calls.report_ringing``. ``ref`` is the exchange's own
name of the call: whoever tells the same twice gets the same answer. A caller who hung up before the
first message came through is told of by the second one alone, and is called back.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, NoReturn

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.keys import key_of
from gongzhi.base.access.marks import programs
from gongzhi.base.access.permissions import require
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls import actions
from gongzhi.work.calls.models import Ring
from gongzhi.work.calls.permissions import REPORT_RINGING
from gongzhi.work.calls.selectors.ringing import ring_of

LONGEST = {"ref": 64, "phone": 40, "line": 40}
MOST_BYTES = 4000
_LINE = re.compile(r"[a-z0-9][a-z0-9_.:/-]{0,39}")


@programs
@require_POST
def rang(request: HttpRequest) -> HttpResponse:
    """A call rings: 201, or 200 when that was known."""
    by, told = _asked(request)
    known = ring_of(told["ref"])
    return _answer(known or _ring(by, told), 200 if known else 201)


@programs
@require_POST
def ended(request: HttpRequest) -> HttpResponse:
    """The caller hung up, or the line was cut."""
    by, told = _asked(request)
    rung = ring_of(told["ref"]) or _ring(by, told)
    if rung.ended_at is None:
        rung = actions.hang_up(by, rung, at=told["at"])
    return _answer(rung, 200)


def _ring(by: Actor, told: dict[str, Any]) -> Ring:
    try:
        return actions.ring(
            by, told["ref"], phone=told["phone"], line=told["line"], rang_at=told["at"]
        )
    except IntegrityError:  # the same message came through twice at once
        found = ring_of(told["ref"])
        if found is None:
            raise
        return found


def _asked(request: HttpRequest) -> tuple[Actor, dict[str, Any]]:
    """Who asks, and what is told, checked."""
    limit("calls.ringing", address_of(request), tries=6000, seconds=60)
    key = key_of(request)
    if key is None:
        raise Refused(_("请带上接口密钥。"), code="key_needed", status=401)
    by = Actor.key(key)
    require(by, REPORT_RINGING)
    return by, _told(request)


def _told(request: HttpRequest) -> dict[str, Any]:
    try:
        if len(request.body) > MOST_BYTES:
            raise ValueError
        told = json.loads(request.body)
        if not isinstance(told, dict):
            raise TypeError
    except (ValueError, TypeError, RecursionError) as wrong:
        raise Refused(_("请发送一个 JSON 对象。"), code="not_json", status=400) from wrong
    checked: dict[str, Any] = {name: _text(told, name) for name in LONGEST}
    if not checked["ref"]:
        _refuse("ref", _("缺少交换机里的来电编号 ref。"))
    if checked["line"] and not _LINE.fullmatch(checked["line"]):
        _refuse("line", _("线路代码只能用小写字母、数字和 _ . : / -。"))
    return {**checked, "at": _time(told.get("at"))}


def _text(told: dict[str, Any], name: str) -> str:
    text = told.get(name, "")
    if not isinstance(text, str) or len(text) > LONGEST[name] or "\x00" in text:
        _refuse(name, _("要一段不超过 %(n)s 个字符的文字。") % {"n": LONGEST[name]})
    return str(text).strip()


def _time(told: object) -> datetime | None:
    if told is None:
        return None
    try:
        at = parse_datetime(told) if isinstance(told, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        _refuse("at", _("时间要带时区，例如 2026-11-24T08:15:00+08:00。"))
    return at


def _refuse(field: str, words: str) -> NoReturn:
    raise Refused(words, code="invalid", status=422, fields={field: words})


def _answer(rung: Ring, status: int) -> HttpResponse:
    return JsonResponse({"ref": rung.ref, "state": rung.state}, status=status)
