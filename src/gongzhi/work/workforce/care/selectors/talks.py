"""Times one can book, a talk by its code, and what those who listen see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.support import Support
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.care.models import Slot, Talk
from gongzhi.work.workforce.care.sealing import hashed, host_of, unseal

AHEAD = timedelta(days=28)
LATELY = timedelta(days=7)
AFTERWARDS = timedelta(days=28), timedelta(days=35)
"""Offered once more in these days after it: what stays a month may not go by itself."""
MOST = 60


@dataclass(frozen=True)
class Opened:
    """A talk as whoever has the code, or listens, sees it."""

    talk: Talk
    called: str
    words: str
    tired: str

    @property
    def slot(self) -> Slot:
        """When and where."""
        return self.talk.slot


def supports() -> list[Support]:
    """All, in the catalogue's order."""
    return list(catalogue().supports.values())


def free_slots(support: str) -> list[Slot]:
    """Times of one support that nobody has booked, the next first. One query."""
    rows = Slot.objects.filter(
        support=support, talk=None, starts_at__gt=now(), starts_at__lt=now() + AHEAD
    )
    return list(rows.order_by("starts_at")[:MOST])


def free_slot(key: int) -> Slot:
    """A time to book. Refuses (409) one that is gone."""
    found = Slot.objects.filter(pk=key, talk=None, starts_at__gt=now()).first()
    if found is None:
        raise Refused(_("这个时间刚刚没有了，请换一个。"), code="gone", status=409)
    return found


def talk_by(code: str) -> Opened:
    """The talk of a code. Refuses (422) a code of nothing, or of what is forgotten by now."""
    found = Talk.objects.select_related("slot").filter(code_hash=hashed(code)).first()
    if found is None:
        wrong = _("没有这个预约码；谈完几天以后，预约就删掉了。")
        raise Refused(wrong, code="no_such_code", status=422, fields={"code": wrong})
    return _opened(found)


def slots_of(host: Account) -> list[tuple[Slot, Opened | None]]:
    """One's own times from today on, with what those who booked them wrote. One query."""
    rows = Slot.objects.filter(host=host_of(host.pk), starts_at__gt=now() - timedelta(days=1))
    found = rows.select_related("talk").order_by("starts_at")[:MOST]
    return [(one, _opened(one.talk) if hasattr(one, "talk") else None) for one in found]


def own_slot(host: Account, key: int) -> Slot:
    """One's own time. Refuses (404) everybody else's."""
    found = Slot.objects.filter(pk=key, host=host_of(host.pk)).first()
    if found is None:
        raise Refused(_("没有这个时间。"), code="no_such_slot", status=404)
    return found


@dataclass(frozen=True)
class Offered:
    """Supports; whether it is a month since what happened, or days."""

    supports: list[Support]
    month_ago: bool


def offered_after(account: Account) -> Offered | None:
    """What is offered to a unit's people because it had an incident of a category that weighs on
    people, these days or a month ago: to all of the unit, for nobody here knows who was there. One
    query."""
    after, at = {code for one in supports() for code in one.after}, now()
    since, until = AFTERWARDS
    fresh = Q(opened_at__gt=at - LATELY)
    rows = Matter.objects.filter(
        fresh | Q(opened_at__gt=at - until, opened_at__lte=at - since),
        owner_unit=account.unit_id, county=None, category__in=after,
    )  # fmt: skip
    found = rows.order_by().values_list("category", "opened_at")
    lately = {code for code, opened in found if opened > at - LATELY}
    heavy = lately or {code for code, _opened in found}
    offered = [one for one in supports() if heavy & set(one.after)]
    return Offered(offered, month_ago=not lately) if offered else None


def _opened(talk: Talk) -> Opened:
    told = unseal(bytes(talk.sealed))
    return Opened(talk, told["called"], told["words"], told["tired"])
