"""Agreements as pages and programs read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.offer import Offer
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account, Unit
from gongzhi.watch.exchange.agreements.models import Agreement, Given, Spent
from gongzhi.watch.exchange.agreements.permissions import owners_asked
from gongzhi.watch.exchange.agreements.states import Part, State

SOON = timedelta(days=30)
"""So long before its end somebody is reminded."""


@dataclass(frozen=True)
class Lacking:
    """A consent that is still to come."""

    part: Part
    unit: Unit | None
    """None: the steward's, whose unit is known when it is given."""


def lacking(agreement: Agreement) -> list[Lacking]:
    """Whose consent it waits for."""
    if agreement.state != State.WAITING:
        return []
    given = {(one.part, one.unit_id) for one in agreement.consents.filter(agreed=True)}
    found = [
        Lacking(Part.OWNER, unit)
        for unit in owners_asked(agreement)
        if (Part.OWNER.value, unit.pk) not in given
    ]
    if not any(part == Part.STEWARD for part, _unit in given):
        found.append(Lacking(Part.STEWARD, None))
    return found


def in_force() -> list[Agreement]:
    """Those by which something may leave now, the one that ends first before the others."""
    found = Agreement.objects.filter(state=State.IN_FORCE).select_related("unit")
    return [one for one in found.order_by("until", "pk") if one.opens_at(now())]


def ends_soon(agreement: Agreement) -> bool:
    """Whether it is in force and has a month or less."""
    return agreement.opens_at(now()) and agreement.over_at - now() <= SOON


def month_of_now() -> str:
    """The month whose budget is spent now."""
    return f"{timezone.localdate(now()):%Y-%m}"


def budget_left(agreement: Agreement) -> int:
    """How many new answers it may have this month."""
    spent = Spent.objects.filter(agreement=agreement, month=month_of_now()).first()
    return agreement.budget - (min(spent.many, agreement.budget) if spent else 0)


def given_lately(agreements: Iterable[Agreement], days: int = 30) -> dict[int, dict[str, int]]:
    """Of each agreement: how many rows, answers and refusals in so many days. One query."""
    since = timezone.localdate(now()) - timedelta(days=days - 1)
    found = Given.objects.filter(agreement__in=list(agreements), day__gte=since)
    told: dict[int, dict[str, int]] = {}
    sums = found.values("agreement", "what", "refused").annotate(
        all_times=Sum("times"), all_rows=Sum("rows")
    )
    for one in sums:
        each = told.setdefault(one["agreement"], {"rows": 0, "answers": 0, "refused": 0})
        if one["refused"]:
            each["refused"] += one["all_times"]
        elif one["what"] == "rows":
            each["rows"] += one["all_rows"]
        else:
            each["answers"] += one["all_times"]
    return told


@dataclass(frozen=True)
class FieldShown:
    """A field of an offer on a page: what it says, how sensitive, and why it can't be had."""

    name: str
    says: Any
    sensitivity: str
    sealed: bool = False


def fields_shown(offer: Offer) -> list[FieldShown]:
    """All that is held of it: what may be ticked, and beside it what never leaves."""
    found = [FieldShown(one.name, one.says, one.sensitivity) for one in offer.fields]
    source: Connector | None = catalogue().connectors.get(offer.connector)
    if source is not None:
        found += [
            FieldShown(one.name, one.says, "personal", sealed=True)
            for one in source.contract.fields
            if one.personal
        ]
    return found


def may_consent_for(account: Account, agreement: Agreement) -> Unit | None:
    """The unit for which somebody may still consent as the owner of the data."""
    asked = [one.unit for one in lacking(agreement) if one.part == Part.OWNER]
    return next((one for one in asked if one and one.pk == account.unit_id), None)
