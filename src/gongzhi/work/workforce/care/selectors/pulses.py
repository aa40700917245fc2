"""Surveys: the one that runs, and what may be told of those that are closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.care.models import Pulse
from gongzhi.work.workforce.care.opening import lock_of
from gongzhi.work.workforce.care.sealing import mark_of, unseal
from gongzhi.work.workforce.care.selectors.telling import ALL, OTHERS

LOW = {
    "few": gettext_lazy("少于四分之一"), "some": gettext_lazy("四分之一到一半"),
    "many": gettext_lazy("一半到四分之三"), "most": gettext_lazy("四分之三以上"),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A row that may be told."""

    name: str
    answers: int
    """In steps of five."""
    mean: int
    low: str
    whole: bool


@dataclass(frozen=True)
class Past:
    """A closed survey with its rows; none where too few answered."""

    pulse: Pulse
    rows: list[Told]


def running() -> Pulse | None:
    """The survey that one can answer today."""
    today = timezone.localdate(now())
    return Pulse.objects.exclude(lock=b"").filter(closes_on__gte=today).first()


def open_one() -> Pulse | None:
    """The survey that isn't closed, whether one can still answer it or not."""
    return Pulse.objects.exclude(lock=b"").first()


def pulse_of(key: int) -> Pulse:
    """A survey. Refuses (404) what is none."""
    found = Pulse.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这份问卷。"), code="no_such_pulse", status=404)
    return found


def has_answered(pulse: Pulse, account: Account) -> bool:
    """Whether this account has: asked for its own page only."""
    lock = lock_of(pulse)
    mark = mark_of(lock, account.pk)
    return any(mark in unseal(bytes(one.content), lock)["marks"] for one in pulse.boxes.all())


def past(most: int = 12) -> list[Past]:
    """Closed surveys, the latest first. Two queries."""
    found = list(Pulse.objects.filter(lock=b"").order_by("-opened_on", "-pk")[:most])
    names = names_of({row["unit"] for one in found for row in one.told})
    return [
        Past(one, [
            Told(
                names.get(row["unit"], row["unit"]), row["answers"], row["mean"],
                str(LOW.get(row["low"], "")), row["unit"] == ALL,
            )
            for row in one.told
        ])
        for one in found
    ]  # fmt: skip


def names_of(codes: Collection[str]) -> dict[str, str]:
    """Rows that may be told, in words. One query."""
    names = {one.code: str(one) for one in Unit.objects.filter(code__in=codes)}
    return names | {ALL: str(_("下面这些单位合计")), OTHERS: str(_("其余单位合在一起"))}
