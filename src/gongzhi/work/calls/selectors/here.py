"""Links by which callers say where they are, as the desk and the caller see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.selectors import own_bounds
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.here_codes import code_of, hashed
from gongzhi.work.calls.models import HereLink


@dataclass(frozen=True)
class HereShown:
    """One link as the desk sees it: waiting, or with the position that was proposed."""

    id: int
    path: str
    until: datetime
    sent: int
    lat: float | None = None
    lon: float | None = None
    accuracy: int | None = None
    measured_at: datetime | None = None
    inside: bool = True
    """Whether the position lies in the county."""


def alive() -> QuerySet[HereLink]:
    """Links that can still be used."""
    return HereLink.objects.filter(until__gt=now())


def here_of(matter: Matter) -> HereShown | None:
    """The link of an incident, if it has one. One query."""
    return shown_here(alive().filter(matter=matter).order_by("-pk").first())


def here_of_form(draft: str, account: Account) -> HereLink | None:
    """The link of the call that this call-taker has in hand."""
    mine = alive().filter(draft=draft, made_by=account, matter=None)
    return mine.order_by("-pk").first() if draft else None


def form_link(key: int, account: Account) -> HereLink:
    """A link that this person made for the call in hand. Refuses (404) every other."""
    found = alive().filter(pk=key, made_by=account, matter=None).first()
    if found is None:
        raise Refused(_("这个链接已经用完或过期。"), code="no_such_link", status=404)
    return found


def incident_link(key: int, matter: Matter) -> HereLink:
    """A link of this incident. Refuses (404) every other."""
    found = alive().filter(pk=key, matter=matter).first()
    if found is None:
        raise Refused(_("这个链接已经用完或过期。"), code="no_such_link", status=404)
    return found


def here_with(code: str) -> HereLink:
    """The link of this code. Refuses (404) one that is unknown or over, without saying which."""
    found = alive().filter(key=hashed(code)).first()
    if found is None:
        raise Refused(
            _("这个链接已经用完或过期，什么也没有发送。还在通话的话，请接警员再发一个。"),
            code="no_such_link", status=404,
        )  # fmt: skip
    return found


def shown_here(link: HereLink | None) -> HereShown | None:
    """The same for a page."""
    if link is None:
        return None
    point, bounds = link.point, own_bounds()
    return HereShown(
        id=link.pk,
        path=reverse("calls:here", args=[code_of(link.pk, link.mark)]),
        until=link.until,
        sent=link.sent,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        accuracy=link.accuracy,
        measured_at=link.measured_at,
        inside=point is None or bounds is None or bounds.holds(point),
    )
