"""A signed link for a partner without account or program; and the caller's contact, on record."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.events import PERSON_READ
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked.codes import code_of, hashed
from gongzhi.work.linked.events import CONTACT_OPENED, LINK_MADE
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.permissions import ASK, speaks_for
from gongzhi.work.linked.rows import held_request
from gongzhi.work.linked.states import Via

LINK_LASTS = timedelta(hours=24)


@action
def make_link(by: Actor, request: LinkedRequest) -> LinkedRequest:
    """A link that opens this request alone, for a day at most; one before opens nothing more."""
    require(by, ASK)
    held = held_request(request)
    if not held.open:
        raise Refused(_("这条联动请求已经结束。"), code="request_over", status=409)
    held.link_mark = secrets.token_urlsafe(16)
    held.link_hash = hashed(code_of(held.pk, held.link_mark))
    held.link_until = now() + LINK_LASTS
    held.save(update_fields=["link_mark", "link_hash", "link_until"])
    record(LINK_MADE, held.matter, request=held.pk, partner=held.partner, until=held.link_until)
    return held


@action
def open_contact(by: Actor, request: LinkedRequest, *, via: str = Via.PAGE) -> dict[str, str]:
    """The caller's name and phone, for the partner that the desk shared it with, while the request
    goes on. The person can see which unit looked, and what for."""
    held = held_request(request)
    if not speaks_for(by, held):
        raise Refused(_("这条联动请求不是发给您的单位的。"), code="not_your_request", status=403)
    party = held.matter.parties.select_related("person").order_by("pk").first()
    if not (held.contact_shared and held.open) or party is None:
        raise Refused(_("指挥中心没有提供联系方式。"), code="no_contact", status=403)
    if not party.person.sealed:
        raise Refused(_("这个人的信息已经清除。"), code="erased", status=410)
    record(
        PERSON_READ, party.person, purpose=Purpose.RESCUE.value, matter=held.matter_id,
        unit=held.unit_id,
    )  # fmt: skip
    record(CONTACT_OPENED, held.matter, request=held.pk, partner=held.partner, via=via)
    return unseal(bytes(party.person.sealed))
