"""Parts in lists: those to be done here, those that were asked of others."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Min, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter, Part
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.codes import code_of
from gongzhi.work.joint.models import AskedOutside
from gongzhi.work.joint.permissions import parts_seen
from gongzhi.work.participation.permissions import oversees

FILTERS = {
    "here": _("请我们办的"),
    "asked": _("我们请别人办的"),
    "done": _("办完的"),
}


def shown_parts(account: Account, show: str) -> QuerySet[Part]:
    """Under this filter, those first whose time runs out first."""
    found = parts_seen(account).filter(_where(account, show)).select_related("matter__narrative")
    if show == "done":
        return found.order_by("-matter__closed_at", "pk")
    running = Q(matter__clocks__stopped_at__isnull=True)
    found = found.annotate(due=Min("matter__clocks__due_at", filter=running))
    return found.order_by(F("due").asc(nulls_last=True), "asked_at", "pk")


def counts_of(account: Account) -> dict[str, int]:
    """How many are open under each filter."""
    return {
        show: parts_seen(account).filter(_where(account, show)).count()
        for show in ("here", "asked")
    }


def part_named(account: Account, key: int) -> Part:
    """The part, if this account may open it."""
    found = parts_seen(account).select_related("matter__narrative", "matter__owner")
    part = found.filter(pk=key).first()
    if part is None:
        raise Refused(gettext("没有这件，或者不是您单位的。"), code="no_part", status=404)
    return part


def part_of_matter(account: Account, matter: int) -> Part | None:
    """The part that this matter is."""
    return parts_seen(account).filter(matter=matter).first()


def units_to_ask(lead: Matter) -> QuerySet[Unit]:
    """Whom a part can be asked of."""
    going_on = lead.parts.filter(matter__closed_at=None).values("unit")
    others = Unit.objects.exclude(pk=lead.owner_unit_id).exclude(kind=Unit.Kind.COMMUNITY)
    return others.exclude(pk__in=going_on).order_by("kind", "pk")


@dataclass(frozen=True)
class Outside:
    """A question that went outside, as the unit sees it. ``code``: of a link that still opens."""

    asked: AskedOutside
    question: str
    answer: str
    code: str

    @property
    def state(self) -> str:
        """For the badge."""
        if self.asked.answered_at:
            return "answered"
        if self.asked.ended_at:
            return "ended"
        return "waiting" if self.code else "over"


def asked_outside(matter: Matter) -> list[Outside]:
    """All questions about this matter that went outside, the newest first. One query."""
    rows = matter.asked_outside.select_related("question", "answer").order_by("-asked_at", "-pk")
    return [_outside(one, matter) for one in rows]


def _outside(asked: AskedOutside, matter: Matter) -> Outside:
    going_on = asked.ended_at is None and asked.answered_at is None and matter.closed_at is None
    code = code_of(asked.link_mark) if going_on and asked.link_until > now() else ""
    question, answer = (one.words if one else "" for one in (asked.question, asked.answer))
    return Outside(asked, question, answer, code)


def _where(account: Account, show: str) -> Q:
    is_open = Q(matter__closed_at=None)
    if show == "done":
        return ~is_open
    if oversees(account):
        return is_open if show == "here" else Q(pk__in=[])
    own = Q(matter__owner_unit=account.unit)
    return is_open & (own if show == "here" else Q(lead__owner_unit=account.unit))
