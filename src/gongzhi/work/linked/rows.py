"""Rows as the actions hold them: always the incident before its requests."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.intake import checked_words
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked.models import LinkedRequest


def held_incident(matter: Matter) -> Matter:
    """The incident, locked. Refuses what is none, what was imported, and what is over."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.procedure != "incident" or held.county_id is not None:
        raise Refused(_("这件不是本县的警情，不能请求联动。"), code="no_incident", status=409)
    if held.closed_at is not None:
        raise Refused(_("这件警情已经办结。"), code="incident_done", status=409)
    return held


def held_request(request: LinkedRequest) -> LinkedRequest:
    """The request, locked after its incident."""
    Matter.objects.select_for_update(of=("self",)).get(pk=request.matter_id)
    rows = LinkedRequest.objects.select_for_update(of=("self",))
    return rows.select_related("matter__narrative", "unit").get(pk=request.pk)


def said(by: Actor, matter: Matter, kind: str, words: str) -> Message | None:
    """Words beside the incident, erased with it; None for none. The caller's event names them."""
    if not words.strip():
        return None
    author = by.source if isinstance(by.source, Account) else None
    return Message.objects.create(
        matter=matter, kind=kind, words=checked_words(words), author=author, at=now()
    )
