"""Requests as somebody reads them: the desk, or the partner that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.parts import Clock, Tone
from gongzhi.work.linked.codes import code_of, hashed
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.selectors.partners import name_of, offers_of
from gongzhi.work.linked.states import MAY_FOLLOW, State

TONES: dict[str, Tone] = {
    State.ASKED: "warn", State.ACCEPTED: "note", State.UNDER_WAY: "note", State.THERE: "good",
    State.DONE: "good", State.REFUSED: "bad", State.CANCELLED: "plain", State.TOLD: "good",
}  # fmt: skip
RECENT = timedelta(days=2)
"""How long what is over stays in the partner's list."""


@dataclass(frozen=True)
class LinkedRow:
    """One request, for whoever may see it. ``next``: what the partner can say now, code and words;
    ``late``: nobody answers in time; ``photos``: addresses, where the desk shares them."""

    id: int
    code: str
    name: str
    state: str
    said: str
    tone: Tone
    since: datetime
    asked_at: datetime
    open: bool
    clock: Clock | None
    late: bool
    phone: str
    way: str
    category: str
    priority: int
    number: str
    place: str
    point: str
    offers: str
    words: str
    reason: str
    said_last: str
    icon: str
    eta_at: datetime | None
    phoned_at: datetime | None
    contact: bool
    link: str = ""
    next: Sequence[tuple[str, str]] = ()
    photos: Sequence[str] = field(default=())

    @property
    def may_refuse(self) -> bool:
        """Whether it can still say no."""
        return self.state in MAY_FOLLOW[State.REFUSED]


def rows() -> QuerySet[LinkedRequest]:
    """Requests with all that showing them needs."""
    found = LinkedRequest.objects.select_related("matter__narrative", "unit", "message")
    return found.prefetch_related("answers__message")


def requests_of(matter: Matter) -> list[LinkedRow]:
    """All that partners were asked about an incident, in the order of asking. Two queries."""
    found = rows().filter(matter=matter).order_by("asked_at", "pk")
    return [shown_request(one) for one in found]


def asked_of(matters: Sequence[int]) -> set[tuple[int, str]]:
    """Which partners were asked about which of these incidents, be it over. One query."""
    found = LinkedRequest.objects.filter(matter__in=matters)
    return set(found.values_list("matter_id", "partner"))


def requests_about(matters: Sequence[int]) -> list[LinkedRow]:
    """The same about several incidents, but for what was only told."""
    found = rows().filter(matter__in=matters).exclude(state=State.TOLD)
    return [shown_request(one) for one in found.order_by("asked_at", "pk")]


def inbox_of(unit: Unit | int) -> tuple[list[LinkedRow], list[LinkedRow]]:
    """What a unit is asked: open ones, those that wait for an answer first; and what is over."""
    key = unit.pk if isinstance(unit, Unit) else unit
    mine = rows().filter(unit=key).exclude(state=State.TOLD)
    waiting = mine.filter(ended_at__isnull=True).order_by("priority", "asked_at")
    over = mine.filter(ended_at__gte=now() - RECENT).order_by("-ended_at")[:20]
    opened = sorted(waiting, key=lambda one: one.state != State.ASKED)
    return [_with_photos(one) for one in opened], [shown_request(one) for one in over]


def requests_to(unit: int, *, open_only: bool) -> QuerySet[LinkedRequest]:
    """A unit's requests, the latest first."""
    found = rows().filter(unit=unit).exclude(state=State.TOLD).order_by("-pk")
    return found.filter(ended_at__isnull=True) if open_only else found


def request_for(unit: int, key: int) -> LinkedRequest:
    """One request to this unit. Refuses (404) what is none of its own."""
    return _one(rows().filter(unit=unit, pk=key))


def request_of_desk(key: int) -> LinkedRequest:
    """One request, for the desk. Refuses (404) what is none."""
    return _one(rows().filter(pk=key))


def request_with(code: str) -> LinkedRequest:
    """The request that a link's code opens. Refuses (404) one that is unknown, was replaced or is
    over, without saying which."""
    alive = rows().filter(link_hash=hashed(code), link_until__gt=now())
    request = alive.first()
    if request is None:
        raise Refused(
            _("这个链接打不开：可能已经过期，或者换了新的。请联系指挥中心再发一个。"),
            code="no_such_link", status=404,
        )  # fmt: skip
    return request


def _one(found: QuerySet[LinkedRequest]) -> LinkedRequest:
    request = found.first()
    if request is None:
        raise Refused(_("没有找到这条联动请求。"), code="no_such_request", status=404)
    return request


def shown_request(request: LinkedRequest) -> LinkedRow:
    """The request as it is shown. Never who called: that is opened apart, and on record."""
    matter, item = request.matter, catalogue().partners.get(request.partner)
    answers = [one for one in request.answers.all() if one.changed]
    last = max(answers, key=lambda one: (one.at, one.pk), default=None)
    said = last.message.words if last and last.message else ""
    point = matter.point
    return LinkedRow(
        id=request.pk, code=request.partner, name=name_of(request), state=request.state,
        said=request.get_state_display(), tone="bad" if is_late(request) else TONES[request.state],
        since=request.state_since, asked_at=request.asked_at, open=request.open,
        clock=clock_of(request), late=is_late(request), phone=item.phone if item else "",
        way=request.get_way_display(), category=matter.title, priority=matter.priority,
        number=matter.number, place=matter.narrative.place or _("没有说明地点"),
        point=f"{point.lat},{point.lon}" if point else "", offers=offers_of(request),
        words=request.message.words if request.message else "",
        reason=request.get_reason_display() if request.reason else "", said_last=said,
        icon=item.icon if item else "building", eta_at=request.eta_at,
        phoned_at=request.phoned_at, contact=request.contact_shared and request.open,
        link=link_of(request), next=answers_left(request),
    )  # fmt: skip


def _with_photos(request: LinkedRequest) -> LinkedRow:
    row = shown_request(request)
    if not request.photos_shared:
        return row
    files = request.matter.attachments.values_list("file", flat=True).order_by("pk")
    return replace(row, photos=[reverse("files:picture", args=[key]) for key in files])


def is_late(request: LinkedRequest) -> bool:
    """Whether the time that the partner has now is over."""
    return request.open and request.due_at is not None and request.due_at <= now()


def clock_of(request: LinkedRequest) -> Clock | None:
    """The clock that runs: until it says yes or no, or until it is there."""
    if not request.open or request.due_at is None:
        return None
    words = _("答复") if request.state == State.ASKED else _("到场")
    return Clock(words, request.due_at, request.waits_since)


def answers_left(request: LinkedRequest) -> list[tuple[str, str]]:
    """What the partner can say next, the likeliest first; but for no, which stands apart."""
    words = {
        State.ACCEPTED: _("受理请求"), State.UNDER_WAY: _("在路上"),
        State.THERE: _("到场"), State.DONE: _("办完"),
    }  # fmt: skip
    return [(str(code), said) for code, said in words.items() if request.state in MAY_FOLLOW[code]]


def link_of(request: LinkedRequest) -> str:
    """The path of its signed link, while that opens."""
    if not request.link_hash or request.link_until is None or request.link_until <= now():
        return ""
    path = reverse("linked:link", args=[code_of(request.pk, request.link_mark)])
    return f"{path}#EXERCISE" if settings.EXERCISE else path  # whoever is sent it sees it at once
