"""What is asked of a collection: where, when, how many. Refuses (400) what it would have to guess,
as OGC API - Features, Part 1 (OGC 17-069r4), wants it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused

USUAL, MOST = 100, 10_000
"""Features of one answer when nothing is said, and at most."""
PARAMETERS = ("bbox", "datetime", "limit", "offset")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Wanted:
    """``box``: west, south, east, north in WGS 84; ``since`` and ``until`` None where open."""

    limit: int = USUAL
    offset: int = 0
    box: Box | None = None
    since: datetime | None = None
    until: datetime | None = None


def wanted_in(request: HttpRequest) -> Wanted:
    """What the address asks. ``api_key`` may stand there, as for every program."""
    _require_known(request, (*PARAMETERS, "f", "api_key"))
    told = request.GET
    since, until = _interval(told.get("datetime", ""))
    return Wanted(
        min(_whole("limit", told.get("limit"), USUAL, least=1), MOST),
        _whole("offset", told.get("offset"), 0, least=0),
        _box(told.get("bbox", "")), since, until,
    )  # fmt: skip


def require_plain(request: HttpRequest) -> None:
    """Of an address that takes nothing but how it is to be answered."""
    _require_known(request, ("f", "api_key"))


def _require_known(request: HttpRequest, names: Iterable[str]) -> None:
    if unknown := sorted(set(request.GET) - set(names)):
        raise _wrong(unknown[0][:40], _("没有这个参数。"))
    if request.GET.get("f", "json") != "json":
        raise _wrong("f", _("只有 json。"))


def _whole(name: str, text: str | None, usual: int, *, least: int) -> int:
    if text is None:
        return usual
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) < least:
        raise _wrong(name, _("应为整数。"))
    return int(text)


def _box(text: str) -> Box | None:
    if not text:
        return None
    try:
        sides = [float(one) for one in text.split(",")]
    except ValueError:
        sides = []
    if len(sides) == 6:  # with heights, which nothing here has
        sides = [*sides[0:2], *sides[3:5]]
    if len(sides) != 4 or not all(abs(one) <= 360 for one in sides) or sides[1] > sides[3]:
        raise _wrong("bbox", _("应为西、南、东、北四个数。"))
    return sides[0], sides[1], sides[2], sides[3]


def _interval(text: str) -> tuple[datetime | None, datetime | None]:
    if not text:
        return None, None
    first, slash, last = text.partition("/")
    since, until = _moment(first), _moment(last) if slash else _moment(first)
    if (since and until and since > until) or (slash and not (since or until)):
        raise _wrong("datetime", _("应为时间，或者用 / 隔开的起止时间。"))
    return since, until


def _moment(text: str) -> datetime | None:
    if text in {"", ".."}:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as wrong:
        raise _wrong("datetime", _("应为时间，或者用 / 隔开的起止时间。")) from wrong


def _wrong(name: str, words: str) -> Refused:
    return Refused(
        _("请求的内容不对，请看 fields。"), code="invalid", status=400, fields={name: words}
    )
