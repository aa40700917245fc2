"""What a member of staff can be told of: their own unit's clocks, what came back to it, and what
is due from themselves.

A mail leaves the county's network. It says a number, a clock's name and a time; of cases and of
what is sealed it says nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter, Part
from gongzhi.base.people.models import Account

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Duty:
    """``permissions``: whoever has one of them can choose it, and everybody where there is none;
    ``more``: what it is, in a line."""

    name: _StrOrPromise
    more: _StrOrPromise
    permissions: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a matter of some procedure is opened, and by whom."""

    page: str
    permission: str


REQUESTS, APPLICATIONS = "participation.view_requests", "public_services.view_applications"
PLACES: Mapping[str, Place] = {
    "resident_request": Place("participation:request", REQUESTS),
    "joint_part": Place("joint:part", REQUESTS),
    "service_application": Place("public_services:application", APPLICATIONS),
    "licence_application": Place("public_services:application", APPLICATIONS),
}
"""Procedure → its page. What isn't here, no mail tells of: cases, complaints, incidents."""

EVERYBODY: tuple[str, ...] = ()
ANY = (REQUESTS, APPLICATIONS)
DUTIES: Mapping[str, Duty] = {
    "soon": Duty(_("时限快到了"), _("本单位办的事，快到期的时候"), ANY),
    "missed": Duty(_("超过时限了"), _("本单位办的事，过了期还没办"), ANY),
    "escalated": Duty(
        _("升级到本单位"), _("别处等得太久，按规定报到本单位"), ("joint.view_escalations",)
    ),
    "reminded": Duty(_("有人催办"), _("居民或者统筹单位催了一次"), (REQUESTS,)),
    "answered": Duty(
        _("别的单位有了答复"), _("协办单位办完了，或者外单位凭链接答复了"), (REQUESTS,)
    ),
    "own_due": Duty(_("轮到我报告了"), _("本人的年度报告快到期，还没有登记做过"), EVERYBODY),
    "rotation": Duty(
        _("敏感岗位该轮岗了"),
        _("有人在同一个敏感岗位满了年限"),
        ("integrity.oversee_register", "movement.run_movement"),
    ),
    "brief": Duty(_("一周简报"), _("每周一，上周的成效，附 PDF"), ("outcomes.view_measures",)),
}
"""Code → what it is. The code stands in the subscription's ``topic``."""


def address_of(matter: Matter) -> str:
    """The matter's page for staff; of a part it is the part's own."""
    place = PLACES[matter.procedure]
    part = Part.objects.filter(matter=matter).first() if place.page == "joint:part" else None
    return reverse(place.page, args=[part.pk if part else matter.pk])


def offered_to(account: Account) -> dict[str, Duty]:
    """Those that this account may choose."""
    return {code: one for code, one in DUTIES.items() if wanted_by(account, code)}


def wanted_by(account: Account | None, code: str) -> bool:
    """Whether this account may be told of it now: roles change, accounts are closed."""
    duty = DUTIES.get(code)
    if account is None or duty is None:
        return False
    return not duty.permissions or any(may(account, one) for one in duty.permissions)
