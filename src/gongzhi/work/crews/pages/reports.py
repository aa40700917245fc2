"""What the phone sends: reports, each with a name of its own, and where the unit is.

A report may come an hour late, twice, or after another that happened later. Each is answered by
itself; one that can't be done stops none that comes after it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.throttle import limit
from gongzhi.base.files.photos import Photo, make_anew
from gongzhi.base.log.actions import now
from gongzhi.base.log.phone_time import PhoneTime, of_milliseconds, span_of_milliseconds
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.answers import wants_problem
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.crews.actions import Report, take_report
from gongzhi.work.crews.models import Receipt
from gongzhi.work.crews.pages.phone import CREW, MOST_PHOTOS, answer, own_unit
from gongzhi.work.crews.selectors.alarms import open_emergency_of
from gongzhi.work.crews.states import State, What
from gongzhi.work.dispatch.actions import doubt_position, report_position
from gongzhi.work.dispatch.models import Assignment, PositionDoubt, ResponseUnit

LONGEST_KEY = 60
DOUBTS = {
    "place_zero": PositionDoubt.Why.ZERO, "place_outside": PositionDoubt.Why.OUTSIDE,
    "place_not_numbers": PositionDoubt.Why.UNREADABLE,
    "place_out_of_range": PositionDoubt.Why.UNREADABLE,
}  # fmt: skip
"""Why a place was refused, and what is therefore doubted."""


@staff(CREW)
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Take one report. A phone gets its receipt; a browser without scripts, the page."""
    told = _report(request)
    photos = [make_anew(one) for one in _photos(request)]  # decoded before anything is written
    if told.what == What.PHOTO:
        told = replace(told, photo=photos[0] if photos else None)
    else:
        _take_photos(request, told, photos)
    receipt = _taken(request, told)
    if wants_problem(request):
        return JsonResponse(_said(receipt))
    if receipt.state == State.REFUSED:
        raise Refused(receipt.words, code="report_refused", status=409)
    return answer(request)


@staff(CREW)
@require_POST
def position(request: HttpRequest) -> HttpResponse:
    """Where the phone is, while on duty; kept as the unit's last place only. One that can't be is
    refused, and the desk sees that the unit's place is doubtful."""
    unit, by = own_unit(request), by_of(request)
    limit("position", str(unit.pk), tries=20, seconds=60)
    try:
        point = place_in_county(request.POST.get("lat"), request.POST.get("lon"))
    except Refused as refused:
        if refused.code in DOUBTS:
            doubt_position(by, unit, DOUBTS[refused.code])
        raise
    report_position(by, unit, point, accuracy=_metres(request.POST.get("accuracy")))
    return HttpResponse(status=204)


def _report(request: HttpRequest) -> Report:
    posted = request.POST
    key, what = posted.get("key", "")[:LONGEST_KEY].strip(), posted.get("what", "")
    if not key or what not in What.values:
        raise Refused(_("这一条不完整，请刷新页面再报。"), code="no_such_report", status=422)
    if posted.get("who", str(account_of(request).pk)) != str(account_of(request).pk):
        raise Refused(
            _("这一条是另一个账号记下的，请用那个账号登录后再发。"),
            code="another_account",
            status=409,
        )
    unit = _unit(request)
    return Report(
        key=key,
        what=what,
        unit=unit,
        time=_time(request),
        assignment=_assignment(request, unit),
        words=posted.get("words", ""),
        code=posted.get("disposition") or posted.get("element") or posted.get("status", "")[:40],
        point=_place(request),
        accuracy=_metres(posted.get("accuracy")) or None,
    )


def _unit(request: HttpRequest) -> ResponseUnit:
    """The one named, which the report may be about though its duty is over, else the own one."""
    named = id_in(request.POST.get("unit"))
    found = ResponseUnit.objects.filter(pk=named).first() if named else None
    return found or own_unit(request)


def _assignment(request: HttpRequest, unit: ResponseUnit) -> Assignment | None:
    """The one that it is about: of this unit, whether it still goes on or not."""
    key = id_in(request.POST.get("assignment"))
    if not key:
        return None
    found = Assignment.objects.filter(pk=key, unit=unit).select_related("matter").first()
    if found is None:
        raise Refused(_("这件警情已经不归您这个单位，请刷新页面。"), code="not_yours", status=409)
    return found


def _time(request: HttpRequest) -> PhoneTime:
    posted = request.POST
    sent = of_milliseconds(request.headers.get("Phone-Now", posted.get("phone_now")))
    at = of_milliseconds(posted.get("at"))
    if at is None:  # a browser without scripts: just now
        return PhoneTime(now(), now())
    return PhoneTime(at, sent, span_of_milliseconds(posted.get("ahead")))


def _photos(request: HttpRequest) -> list[Any]:
    sent = request.FILES.getlist("photos")
    if len(sent) > MOST_PHOTOS:
        wrong = _("最多放 %(n)s 张照片。") % {"n": MOST_PHOTOS}
        raise Refused(wrong, code="too_many_photos", fields={"photos": wrong})
    return sent


def _take_photos(request: HttpRequest, told: Report, photos: list[Photo]) -> None:
    """Photos that came with something else, where no script runs: reports of their own."""
    for number, photo in enumerate(photos, 1):
        alone = replace(
            told, key=f"{told.key}-{number}", what=str(What.PHOTO), words="", photo=photo
        )
        _taken(request, alone)


def _taken(request: HttpRequest, told: Report) -> Receipt:
    """Its receipt: of this time, or of the first time that it came."""
    known = Receipt.objects.filter(key=told.key)
    before = known.first()
    if before is not None:
        return _again(before, request)
    try:
        return take_report(by_of(request), told)
    except IntegrityError:  # the same one, sent twice at once
        return _again(known.get(), request)
    except Refused as refused:
        if refused.code != "received_already":
            raise
        return _again(known.get(), request)


def _again(receipt: Receipt, request: HttpRequest) -> Receipt:
    if receipt.account_id != account_of(request).pk:
        raise Refused(_("这一条不完整，请刷新页面再报。"), code="no_such_report", status=422)
    if receipt.state == State.APPLIED:
        receipt.state = State.ALREADY  # as the answer says; the row stays as it is
    return receipt


def _said(receipt: Receipt) -> dict[str, Any]:
    said = {"state": receipt.state, "words": receipt.words, "now": now().timestamp() * 1000}
    if receipt.what == What.EMERGENCY:
        emergency = open_emergency_of(receipt.unit)
        said["acknowledged"] = emergency is None or emergency.acknowledged_at is not None
    return said


def _place(request: HttpRequest) -> Point | None:
    """Where a photo was taken; without a place that can be, it is kept without one."""
    try:
        return place_in_county(request.POST.get("lat"), request.POST.get("lon"))
    except Refused:
        return None


def _metres(text: object) -> float:
    try:
        metres = float(str(text))
    except ValueError:
        return 0.0
    return metres if 0 < metres < 1e7 else 0.0
