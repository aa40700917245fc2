"""One request as its unit sees it, and everything the unit can do with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.actions import take_on
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.parts import waiting_units
from gongzhi.base.matters.reasons import CHOSEN
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.models import Unit
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.participation.actions import (
    ask_resident,
    merge_requests,
    note_down,
    send_on,
    start_request,
    take_up,
)
from gongzhi.work.participation.closing import form_of
from gongzhi.work.participation.models import Rating
from gongzhi.work.participation.pages.sorted import to_sort
from gongzhi.work.participation.permissions import own_requests, require_open
from gongzhi.work.participation.selectors import followers_of
from gongzhi.work.participation.selectors.closed import ending_of
from gongzhi.work.participation.selectors.course import deeds
from gongzhi.work.participation.selectors.nearby import Nearby, nearby_requests
from gongzhi.work.participation.selectors.thanks import thanks_to

View = Callable[[HttpRequest, int], HttpResponse]
_WITH = ("owner_unit", "owner", "narrative", "merged_into")


@staff("participation.view_requests")
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """Facts, map, photos, timeline, and what can be done now."""
    account = account_of(request)
    matter = opened(request, key)
    here = {
        "matter": matter,
        "answers": _answers(matter),
        "deeds": deeds(account, matter),
        "closing": form_of(matter),
        "ending": ending_of(matter),
        "clocks": clocks_of(matter),
        "happenings": timeline(matter),
        "photos": matter.attachments.filter(message__isnull=True),
        "parties": matter.parties.select_related("person"),
        "followers": followers_of(matter),
        "ratings": Rating.objects.filter(receipt__matter=matter).order_by("-rated_at"),
        "thanks": thanks_to(account, matter),
        "units": Unit.objects.exclude(pk=matter.owner_unit_id).order_by("kind", "pk"),
        "reasons": CHOSEN.items(),
        "colleagues": matter.owner_unit.accounts.filter(is_active=True).order_by("pk"),
        "others": _others(matter),
        "waits_for": waiting_units(matter),
        **to_sort(account, matter),
        "map": map_of(),
    }
    return render(request, "participation/request.html", here)


@staff("participation.answer_request")
@require_POST
def accept(request: HttpRequest, key: int) -> HttpResponse:
    """Say that the unit takes care of it."""
    take_up(by_of(request), opened(request, key))
    return done(request, key, _("已受理。"))


@staff("participation.answer_request")
@require_POST
def start(request: HttpRequest, key: int) -> HttpResponse:
    """Begin the work."""
    start_request(by_of(request), opened(request, key))
    return done(request, key, _("已开始办理。"))


@staff("participation.ask_resident")
@require_POST
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """Put a question to the resident."""
    ask_resident(by_of(request), opened(request, key), request.POST.get("words", ""))
    return done(request, key, _("问题已经发给居民。"))


@staff("matters.hand_over")
@require_POST
def send(request: HttpRequest, key: int) -> HttpResponse:
    """Give it to another unit."""
    taker = Unit.objects.filter(code=request.POST.get("unit", "")).first()
    if taker is None:
        wrong = _("请选一个接收的单位。")
        raise Refused(wrong, code="unknown_unit", status=422, fields={"unit": wrong})
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
    sent = send_on(by_of(request), opened(request, key), taker, reason=reason, words=words)
    said = _("已移交给%(unit)s。") % {"unit": sent.owner_unit}
    if sent.owner_unit != taker:
        said = _("已经来回移交两次，改由%(unit)s指定办理单位。") % {"unit": sent.owner_unit}
    return done(request, key, said)


@staff("matters.take_step")
@require_POST
def merge(request: HttpRequest, key: int) -> HttpResponse:
    """Make it part of another request of the same unit, chosen by its number."""
    account = account_of(request)
    mine = own_requests(account).filter(closed_at__isnull=True)
    into = mine.filter(pk=id_in(request.POST.get("into"))).first()
    if into is None:
        wrong = _("本单位在办的诉求里没有这个编号，请核对。")
        raise Refused(wrong, code="unknown_matter", status=422, fields={"into": wrong})
    merge_requests(by_of(request), opened(request, key), into)
    return done(request, key, _("已并入 %(number)s。") % {"number": into})


@staff("participation.answer_request")
@require_POST
def note(request: HttpRequest, key: int) -> HttpResponse:
    """Note something for colleagues."""
    note_down(by_of(request), opened(request, key), request.POST.get("words", ""))
    return done(request, key, _("已记下。"))


@staff("participation.answer_request")
@require_POST
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Make a colleague, or oneself, responsible."""
    matter, chosen = opened(request, key), request.POST.get("account", "")
    colleagues = matter.owner_unit.accounts.filter(is_active=True)
    found = colleagues.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if found is None:
        wrong = _("承办人要在负责的单位里选。")
        raise Refused(wrong, code="not_in_unit", status=422, fields={"account": wrong})
    take_on(by_of(request), matter, found)
    return done(request, key, _("由%(name)s承办。") % {"name": found})


def opened(request: HttpRequest, key: int) -> Matter:
    """The request, if this member of staff may open it."""
    found = Matter.objects.select_related(*_WITH).filter(procedure="resident_request")
    matter = get_object_or_404(found, pk=key)
    require_open(account_of(request), matter)
    return matter


def _others(matter: Matter) -> list[Nearby]:
    """Open requests of the same unit that may be about the same thing."""
    if matter.point is None or matter.closed_at is not None:
        return []
    near = nearby_requests(matter.point, matter.category)
    return [
        one
        for one in near
        if one.matter.pk != matter.pk and one.matter.owner_unit_id == matter.owner_unit_id
    ]


def done(request: HttpRequest, key: int, said: str) -> HttpResponse:
    """Back to the request; to the inbox when it is another unit's now."""
    messages.success(request, said)
    page = reverse("participation:request", args=[key])
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = page
        return response
    return redirect(page)


def _answers(matter: Matter) -> list[tuple[str, str]]:
    """The answers to the category's questions, in words."""
    category = matter.category_item
    if category is None:
        return []
    told = []
    for question in category.questions:
        given = matter.answers.get(question.code)
        if given is not None:
            chosen = question.answer(str(given))
            unit = f" {question.unit}" if question.unit else ""
            told.append((str(question.ask), str(chosen) if chosen else f"{given}{unit}"))
    return told
