"""A caller says once where they are, by a link that they choose to open.

The position lies sealed with the link as a proposal. It goes to the incident or into the form only
when somebody accepts it; whatever becomes of it, the link's row goes with it, at the latest when
its time is over. Nobody is followed: two positions are all that a link takes.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event
from gongzhi.base.matters.actions import correct_place
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.coordinates import Point, checked
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.events import (
    HERE_ASKED,
    HERE_ENDED,
    HERE_LEFT,
    HERE_SENT,
    HERE_TAKEN,
)
from gongzhi.work.calls.here_codes import code_of, hashed
from gongzhi.work.calls.models import HereLink
from gongzhi.work.calls.permissions import TAKE

ALIVE = timedelta(minutes=30)
MOST_SENT = 2
"""Once, and once more from somewhere else."""
ROUGHEST = 100_000
"""Metres; what is less sure than that says nothing."""
OLDEST = 3600
"""Seconds; a phone that knows nothing newer does not know where it is."""


@action
def ask_here(by: Actor, *, matter: Matter | None = None, draft: str = "") -> HereLink:
    """Make a link for one incident, or for the call in hand (``draft`` is its form's key).

    An earlier one for the same stops working. Refuses a closed incident.
    """
    require(by, TAKE)
    if matter is None and not 20 <= len(draft) <= 64:
        raise Refused(_("请刷新接警页再试。"), code="no_call", status=422)
    if matter is not None and matter.closed_at:
        raise Refused(_("这起警情已经办结。"), code="incident_closed", status=409)
    account = _account(by)
    earlier = HereLink.objects.filter(matter=matter) if matter else _of_form(draft, account)
    for one in earlier.select_for_update(of=("self",)):
        _end(one, "replaced")
    made = HereLink.objects.create(
        matter=matter, draft="" if matter else draft, made_by=account, made_at=now(),
        until=now() + ALIVE, mark=secrets.token_urlsafe(12), key=secrets.token_hex(32),
    )  # fmt: skip
    made.key = hashed(code_of(made.pk, made.mark))
    made.save(update_fields=["key"])
    _tell(made, HERE_ASKED, until=made.until)
    return made


@action
def send_here(by: Actor, link: HereLink, point: Point, *, accuracy: int, age: int = 0) -> HereLink:
    """Keep the position (WGS 84; `accuracy` in metres, `age` in seconds) that the caller sent.

    Refuses a third one, and what can be no position.
    """
    held = _held(link)
    if held.until <= now():
        raise Refused(_("这个链接已经过期。"), code="no_such_link", status=404)
    if held.sent >= MOST_SENT:
        raise Refused(_("位置已经收到，不用再发。"), code="sent_already", status=409)
    at = checked(point.lat, point.lon)
    if not 0 <= accuracy <= ROUGHEST or not 0 <= age <= OLDEST:
        raise Refused(_("手机给的位置不可用，请再按一次。"), code="no_position", status=422)
    held.sent += 1
    held.position = f"{at.lat:.6f},{at.lon:.6f},{accuracy}"
    held.measured_at = now() - timedelta(seconds=age)
    held.save(update_fields=["sent", "position", "measured_at"])
    _tell(held, HERE_SENT, nth=held.sent, accuracy=accuracy)
    return held


@action
def take_here(by: Actor, link: HereLink) -> HereLink:
    """Accept the position: the incident stands there now, or the form is given it. The link ends.

    Refuses one that lies outside the county, or that was sent anew since it was looked at.
    """
    require(by, TAKE)
    held = _held(link)
    if not held.position or held.sent != link.sent:
        raise Refused(
            _("对方又发了一次位置，请看过新的再定。") if held.position else _("还没有收到位置。"),
            code="position_changed", status=409,
        )  # fmt: skip
    point = place_in_county(held.point.lat, held.point.lon) if held.point else None
    if held.matter is not None and point is not None:
        if held.matter.closed_at:
            raise Refused(_("这起警情已经办结。"), code="incident_closed", status=409)
        correct_place(by, held.matter, point, accuracy=held.accuracy)
    _tell(held, HERE_TAKEN)
    held.delete()
    return link


@action
def leave_here(by: Actor, link: HereLink) -> HereLink:
    """Don't use the position: it is erased. Another one may still be sent, if one is left."""
    require(by, TAKE)
    held = _held(link)
    held.position, held.measured_at = "", None
    held.save(update_fields=["position", "measured_at"])
    _tell(held, HERE_LEFT)
    if held.sent >= MOST_SENT:
        held.delete()
    return held


@action
def revoke_here(by: Actor, link: HereLink) -> None:
    """Let the link work no more; a position that came is erased with it."""
    require(by, TAKE)
    _end(_held(link), "revoked")


@action
def let_go_here(by: Actor, keys: list[int]) -> int:
    """Erase links whose time is over, with their positions. For the platform's own sweep."""
    over = HereLink.objects.select_for_update(of=("self",)).filter(pk__in=keys, until__lte=now())
    return sum(_end(one, "expired") for one in over)


def _of_form(draft: str, account: Account) -> QuerySet[HereLink]:
    return HereLink.objects.filter(draft=draft, made_by=account, matter=None)


def _end(link: HereLink, why: str) -> int:
    _tell(link, HERE_ENDED, why=why)
    link.delete()
    return 1


def _held(link: HereLink) -> HereLink:
    found = HereLink.objects.select_for_update(of=("self",)).select_related("matter")
    held = found.filter(pk=link.pk).first()
    if held is None:
        raise Refused(_("这个链接已经用完或过期。"), code="no_such_link", status=404)
    return held


def _tell(link: HereLink, event: Event, **fields: object) -> None:
    """About the incident, as all of a matter is; about the link while there is no incident."""
    record(event, link.matter or link, **fields)


def _account(by: Actor) -> Account:
    if not isinstance(by.source, Account):
        raise Refused(_("请用自己的账号。"), code="no_account", status=403)
    return by.source
