"""What the desk does: ask, tell by phone, take back; and what becomes of it with the incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.kinds.partner import Partner
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.permissions import require_concern
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked.events import (
    PARTNER_ASKED,
    PARTNER_PHONED,
    REQUEST_CANCELLED,
    REQUEST_MOVED,
)
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.permissions import ASK
from gongzhi.work.linked.rows import held_incident, held_request, said
from gongzhi.work.linked.selectors.partners import partner_named, unit_asked
from gongzhi.work.linked.states import MAY_FOLLOW, State, Via

LINK_STAYS = timedelta(hours=2)
"""How long a link still opens after the request has ended, to see that it has."""


@action
def ask_partner(
    by: Actor, matter: Matter, code: str, *, offers: Sequence[str] = (), words: str = "",
    way: str = "", share_contact: bool = False, share_photos: bool = False,
) -> LinkedRequest:  # fmt: skip
    """Ask a partner to help with an open incident; the clock until its yes or no starts.

    It is told the category, the place, what is asked for and these words, nothing else; with
    `share_contact` it may open the caller's contact, each time on record. Refuses a partner that
    has been asked already and isn't done, and an offer that it doesn't make.
    """
    require(by, ASK)
    held, partner = held_incident(matter), partner_named(code)
    _require_new(held, partner)
    _require_offers(partner, offers)
    if share_contact:
        _require_contact(by, held)
    unit = unit_asked(partner, held)
    message, at = said(by, held, Message.Kind.NOTE, words), now()
    request = LinkedRequest.objects.create(
        matter=held, partner=partner.code, unit=unit, offers=list(offers),
        way=_way(partner, unit, way), state_since=at, asked_at=at, priority=held.priority,
        asked_by=by.source if isinstance(by.source, Account) else None, message=message,
        contact_shared=share_contact, photos_shared=share_photos,
        due_at=at + partner.accepts_within(held.priority),
    )  # fmt: skip
    record(
        PARTNER_ASKED, held, request=request.pk, partner=partner.code,
        unit=unit.pk if unit else None, offers=list(offers) or None, way=request.way,
        due_at=request.due_at, contact=share_contact or None, photos=share_photos or None,
        message=message.pk if message else None,
    )  # fmt: skip
    return request


@action
def phone_partner(by: Actor, request: LinkedRequest) -> LinkedRequest:
    """Put on record that the desk told the partner by phone, because it didn't answer, say."""
    require(by, ASK)
    held = held_request(request)
    _require_open(held)
    held.phoned_at = now()
    held.save(update_fields=["phoned_at"])
    record(PARTNER_PHONED, held.matter, request=held.pk, partner=held.partner)
    return held


@action
def cancel_request(by: Actor, request: LinkedRequest) -> LinkedRequest:
    """Take a request back: the partner isn't needed any more. Refuses one that has ended."""
    require(by, ASK)
    held = held_request(request)
    _require_open(held)
    _cancel(held, "desk")
    return held


@action
def end_with_incident(by: Actor, matter: Matter) -> list[LinkedRequest]:
    """The incident is over: whoever hasn't set off needn't any more. A partner that is under way or
    there finishes by itself, and says so."""
    held = LinkedRequest.objects.select_for_update(of=("self",)).filter(
        matter=matter, state__in=(State.ASKED, State.ACCEPTED)
    )
    ended = list(held.order_by("pk").select_related("matter"))
    for request in ended:
        _cancel(request, "incident_over")
    return ended


@action
def move_requests(by: Actor, source: Matter, into: Matter) -> list[LinkedRequest]:
    """The incident was merged: what partners are doing goes on under the other one. One that was
    asked there, too, is needed once only."""
    both = Matter.objects.select_for_update(of=("self",)).filter(pk__in=[source.pk, into.pk])
    target = {one.pk: one for one in both.order_by("pk")}[into.pk]
    open_there = set(target.linked_requests.filter(ended_at=None).values_list("partner", flat=True))
    moved = list(source.linked_requests.filter(ended_at=None).order_by("pk"))
    for request in moved:
        if request.partner in open_there:
            _cancel(request, "asked_twice")
            continue
        request.matter = target
        request.save(update_fields=["matter"])
        record(REQUEST_MOVED, target, request=request.pk, partner=request.partner, source=source.pk)
    return moved


def _cancel(request: LinkedRequest, reason: str) -> None:
    request.state, request.state_since = State.CANCELLED, now()
    request.ended_at, request.due_at = now(), None
    if request.link_until is not None:
        request.link_until = min(request.link_until, now() + LINK_STAYS)
    request.save()
    record(
        REQUEST_CANCELLED, request.matter, request=request.pk, partner=request.partner,
        reason=reason,
    )  # fmt: skip


def _require_open(request: LinkedRequest) -> None:
    if request.state not in MAY_FOLLOW[State.CANCELLED]:
        words = _("这条联动请求已经是“%(state)s”。") % {"state": request.get_state_display()}
        raise Refused(words, code="request_over", status=409)


def _require_new(matter: Matter, partner: Partner) -> None:
    if matter.linked_requests.filter(partner=partner.code, ended_at=None).exists():
        words = _("已经请求过%(partner)s，还没办完。") % {"partner": partner.name}
        raise Refused(words, code="asked_already", status=409)


def _require_offers(partner: Partner, offers: Sequence[str]) -> None:
    if len(set(offers)) != len(offers) or any(partner.offer(one) is None for one in offers):
        wrong = _("%(partner)s没有这一项，请从列出的里选。") % {"partner": partner.name}
        raise Refused(wrong, code="no_such_offer", status=422, fields={"offers": wrong})


def _require_contact(by: Actor, matter: Matter) -> None:
    """Whoever may not look at it may not share it, either."""
    party = matter.parties.select_related("person").order_by("pk").first()
    if party is None:
        wrong = _("报警人没有留联系方式。")
        raise Refused(wrong, code="no_contact", status=409, fields={"share_contact": wrong})
    require_concern(by, party.person)


def _way(partner: Partner, unit: Unit | None, wanted: str) -> str:
    """How it is asked: as the desk says, else its first way; without a unit, by link."""
    way = wanted or partner.ways[0]
    if way not in Via.values:
        wrong = _("请选一种通知方式。")
        raise Refused(wrong, code="no_such_way", status=422, fields={"way": wrong})
    return Via.LINK if unit is None and way in (Via.PAGE, Via.API) else way
