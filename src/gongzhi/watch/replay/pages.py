"""Replay's pages: which shift, the shift as it went on, its numbers, and what it teaches."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.maps import map_of
from gongzhi.base.places.models import County
from gongzhi.base.places.selectors import county_named
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.watch.replay import actions
from gongzhi.watch.replay.models import Lesson
from gongzhi.watch.replay.permissions import NOTE, VIEW, may_erase, sees_places
from gongzhi.watch.replay.saying import says
from gongzhi.watch.replay.selectors import told
from gongzhi.watch.replay.selectors.report import report_of
from gongzhi.watch.replay.selectors.shift import Window, shift_of, zone_of
from gongzhi.watch.replay.selectors.shifts import DAYS, last_day, shifts_until
from gongzhi.watch.replay.selectors.ways import ways as ways_of


@staff(VIEW)
@never_cache
@require_safe
def shifts(request: HttpRequest) -> HttpResponse:
    """Which shift to play: a week of them, or any time."""
    county = _county(request.GET)
    latest = last_day(county)
    last = min(_day(request.GET.get("day")) or latest, latest)
    with _clock_of(county):
        here = {
            "source": county,
            "sources": County.objects.filter(own=False).order_by("code"),
            "days": shifts_until(last, county),
            "earlier": last - timedelta(days=DAYS),
            "later": min(last + timedelta(days=DAYS), latest) if last < latest else None,
            "day": last,
        }
        return render(request, "replay/shifts.html", here)


@staff(VIEW)
@never_cache
@require_safe
def shift(request: HttpRequest) -> HttpResponse:
    """One shift, to be played; a moment in the address is where it stands."""
    window, who = _window(request.GET), account_of(request)
    noted = Lesson.objects.filter(
        county=window.county, erased_at=None, at__gte=window.since, at__lt=window.until
    )
    lessons = noted.select_related("noted_by__unit", "matter").order_by("at")
    with _clock_of(window.county):
        here = {
            "window": window,
            "source": window.county,
            "query": _query(window),
            "at": window.at(_moment(request.GET.get("at"), window.zone)) or 0,
            "lessons": [(one, window.at(one.at), may_erase(who, one)) for one in lessons],
            "may_note": may(who, NOTE),
            "sees_places": sees_places(who),
            "sees_console": may(who, "dispatch.view_console"),
            "map": map_of(window.county),
            "says": says(),
        }
        return render(request, "replay/shift.html", here)


@staff(VIEW)
@require_safe
def outline(request: HttpRequest) -> HttpResponse:
    """Units and the strip of a shift."""
    window = _window(request.GET)
    exact = sees_places(account_of(request))
    return _kept(request, told.outline(shift_of(window), exact=exact))


@staff(VIEW)
@require_safe
def piece(request: HttpRequest, number: int) -> HttpResponse:
    """The incidents of one hour of a shift."""
    window = _window(request.GET)
    exact = sees_places(account_of(request))
    return _kept(request, told.piece(shift_of(window), number, exact=exact))


@staff(VIEW)
@require_safe
def ways(request: HttpRequest, number: int) -> HttpResponse:
    """Which ways units took in one hour of a shift, as the network has them."""
    window = _window(request.GET)
    exact = sees_places(account_of(request))
    return _kept(request, ways_of(shift_of(window), number, exact=exact))


@staff(VIEW)
@never_cache
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """How long people waited, and which moments to play again."""
    window = _window(request.GET)
    with _clock_of(window.county):
        here = {"window": window, "source": window.county, "query": _query(window),
                "report": report_of(shift_of(window))}  # fmt: skip
        return render(request, "replay/report.html", here)


@staff(NOTE)
@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Note what a moment teaches; back to that moment."""
    window = _window(request.POST)
    at = _moment(request.POST.get("at"), window.zone)
    key = id_in(request.POST.get("matter"))
    matter = Matter.objects.filter(pk=key, procedure="incident", county=window.county).first()
    if at is None:
        raise Refused(_("没有写明是哪个时刻。"), code="moment", status=422)
    actions.note_lesson(
        by_of(request), at, request.POST.get("words", ""), county=window.county,
        matter=matter if key else None,
    )  # fmt: skip
    messages.success(request, _("已记下。"))
    query = _query(window)
    query["at"] = at.astimezone(window.zone).isoformat(timespec="seconds")
    return redirect(f"{reverse('replay:shift')}?{query.urlencode()}")


@staff(VIEW)
@require_POST
def erase(request: HttpRequest, key: int) -> HttpResponse:
    """Erase a lesson's words; back to its moment."""
    window = _window(request.POST)
    lesson = Lesson.objects.filter(pk=key, erased_at=None).first()
    if lesson is None:
        raise Refused(_("没有这条要点。"), code="no_such_lesson", status=404)
    actions.erase_lesson(by_of(request), lesson)
    messages.success(request, _("已清除。"))
    return redirect(f"{reverse('replay:shift')}?{_query(window).urlencode()}")


def _kept(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    """JSON that the browser keeps, and asks of whether it is still so."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(text, content_type="application/json")
    set_response_etag(answer)
    patch_cache_control(answer, private=True, no_cache=True)
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def _window(asked: QueryDict) -> Window:
    county = _county(asked)
    zone = zone_of(county)
    since, until = _moment(asked.get("from"), zone), _moment(asked.get("to"), zone)
    if since is None or until is None:
        raise Refused(_("没有写明从什么时候到什么时候，请选好再回放。"), code="window", status=422)
    return Window(since.astimezone(zone), until.astimezone(zone), county)


def _query(window: Window) -> QueryDict:
    return QueryDict(window.query, mutable=True)


def _county(asked: QueryDict) -> County | None:
    """The imported source that is asked for; None for the county's own."""
    code = asked.get("county", "")
    county = county_named(code) if code else None
    return None if county is None or county.own else county


def _moment(text: str | None, zone: Any) -> datetime | None:
    """A moment as an address or a form has it; without a zone it is the county's clock."""
    try:
        at = datetime.fromisoformat((text or "").strip().replace(" ", "+"))
        # Far enough from the calendar's ends to be turned into any zone.
        known = at if 1900 <= at.year <= 2200 else None
    except ValueError:
        return None
    return known and (known if known.tzinfo else known.replace(tzinfo=zone))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _clock_of(county: County | None) -> AbstractContextManager[None]:
    return timezone.override(zone_of(county))
