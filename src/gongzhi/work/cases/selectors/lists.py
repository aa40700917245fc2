"""Lists of cases: whose, at which stage, whose time runs out first, and custody before all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import ClockRun, Matter, ShownElement
from gongzhi.base.people.models import Account
from gongzhi.work.cases.models import Case, CaseDeed, Member
from gongzhi.work.cases.permissions import APPROVE, WORK, readable_by

FILTERS = {
    "mine": _("我办的"),
    "approve": _("等我审批"),
    "open": _("在办"),
    "late": _("超时"),
    "closed": _("已办结"),
    "all": _("全部"),
}
_COUNT = re.compile(r"〔(\d{4})〕(\d{1,9})号?$|^(\d{1,9})$")
MOST_IN_CUSTODY = 20


def filters_for(account: Account) -> Mapping[str, object]:
    """Those that this account has a use for."""
    without = {
        *(() if may(account, WORK) else ("mine",)),
        *(() if may(account, APPROVE) else ("approve",)),
    }
    return {code: words for code, words in FILTERS.items() if code not in without}


def listed(account: Account, show: str, words: str = "") -> QuerySet[Case]:
    """The cases that the account may read, under this filter, in working order."""
    found = Case.objects.filter(readable_by(account)).filter(_where(account, show))
    if words.strip():
        found = found.filter(_fitting(words.strip()))
    running = Q(matter__clocks__stopped_at=None)
    found = found.annotate(due=Min("matter__clocks__due_at", filter=running))
    found = found.select_related("matter__owner_unit", "lead", "second")
    if show in ("closed", "all"):
        return found.order_by("-matter__opened_at", "pk")
    return found.order_by(F("due").asc(nulls_last=True), "matter__opened_at", "pk")


def count_of(account: Account, show: str) -> int:
    """How many stand under this filter."""
    return Case.objects.filter(readable_by(account)).filter(_where(account, show)).count()


def in_custody(account: Account) -> list[Case]:
    """Cases in which somebody's liberty is limited now, the soonest end first; last those in
    which it is and no limit is counted, as an identity is still unknown, say."""
    codes = [one.code for one in catalogue().clocks.values() if one.custody]
    running = Q(matter__clocks__stopped_at=None, matter__clocks__clock__in=codes)
    found = Case.objects.filter(readable_by(account)).annotate(
        ends=Min("matter__clocks__due_at", filter=running)
    )
    versions = [v for one in catalogue().procedures.values() for v in one.versions]
    deeds = {deed.code for version in versions for deed in version.deeds if deed.custody}
    held = CaseDeed.objects.filter(case=OuterRef("pk"), code__in=deeds, ended_at=None)
    found = found.filter(Q(ends__isnull=False) | Exists(held))
    found = found.select_related("matter__owner_unit", "lead", "second")
    return list(found.order_by(F("ends").asc(nulls_last=True))[:MOST_IN_CUSTODY])


def _where(account: Account, show: str) -> Q:
    is_open = Q(matter__closed_at=None)
    if show == "mine":
        joined = Member.objects.filter(account=account, left_at=None).values("case")
        return is_open & (Q(lead=account) | Q(second=account) | Q(pk__in=joined))
    if show == "approve":
        return is_open & _to_approve(account)
    if show == "late":
        late = ClockRun.objects.filter(matter=OuterRef("pk"), stopped_at=None, due_at__lt=now())
        return is_open & Q(Exists(late))
    return {"closed": ~is_open, "all": Q()}.get(show, is_open)


def _to_approve(account: Account) -> Q:
    """Where a step that may follow asks for an approval of this account's rank, not given yet."""
    found = Q(pk__in=[])
    for procedure in catalogue().procedures.values():
        if procedure.kind != "case":
            continue
        for version in procedure.versions:
            for step in version.steps:
                for one in step.elements:
                    if set(one.ranks) & set(account.roles) and step.code != "merged":
                        given = ShownElement.objects.filter(matter=OuterRef("pk"), code=one.code)
                        found |= Q(
                            ~Exists(given),
                            matter__procedure=procedure.code, matter__version=version.code,
                            matter__step__in=step.may_follow,
                        )  # fmt: skip
    return found


def _fitting(words: str) -> Q:
    kinds = [
        one.code for one in catalogue().categories.values()
        if words in f"{one.name.zh} {one.name.en}"
    ]  # fmt: skip
    fitting = Q(matter__category__in=kinds) | Q(matter__narrative__place__icontains=words)
    number = _COUNT.search(words)
    if number and number[1]:
        fitting |= Q(year=int(number[1]), count=int(number[2]))
    elif number:
        fitting |= Q(count=int(number[3]))
    return fitting


def open_incidents(account: Account) -> QuerySet[Matter]:
    """Incidents of the account's unit that a case may come from, the latest first."""
    kinds = [one.code for one in catalogue().categories.values() if "case" in one.kinds]
    led = Case.objects.filter(incident=OuterRef("pk"), matter__closed_at=None)
    return (
        Matter.objects.filter(
            ~Exists(led), procedure="incident", county=None, owner_unit=account.unit,
            category__in=kinds, merged_into=None,
        )
        .select_related("narrative")
        .order_by("-opened_at")
    )  # fmt: skip
