"""Who asks for data, who consents, who ends it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account, Unit
from gongzhi.watch.exchange.agreements.models import Agreement

VIEW, ASK = "agreements.view_agreements", "agreements.ask_agreement"
CONSENT, DECIDE = "agreements.consent_agreement", "agreements.decide_agreement"
READ = "agreements.read_agreed"


def owners_of(offer: str, questions: list[str]) -> set[str]:
    """The codes of the units whose data this is."""
    known, offers = catalogue().questions, catalogue().offers
    named = {offer, *(one.offer for q in questions if q in known for one in known[q].counts)}
    return {offers[code].owner for code in named if code in offers}


def owners_asked(agreement: Agreement) -> list[Unit]:
    """Whose consent it needs; the asking unit itself is not asked for its own."""
    codes = owners_of(agreement.offer, agreement.questions)
    found = Unit.objects.filter(code__in=codes).exclude(pk=agreement.unit_id)
    return list(found.order_by("pk"))


def seen_by(account: Any) -> QuerySet[Agreement]:
    """The steward sees all; a unit what it asked for and what is asked of it."""
    every = Agreement.objects.select_related("unit", "asked_by")
    if may(account, DECIDE):
        return every
    if not isinstance(account, Account) or not may(account, VIEW):
        return every.none()
    return every.filter(Q(unit=account.unit_id) | _asked_of(account.unit))


def _asked_of(unit: Unit) -> Q:
    """What is asked of this unit: the few offers and questions that hold its data are known."""
    offers = [one.code for one in catalogue().offers.values() if one.owner == unit.code]
    found = Q(offer__in=offers) if offers else Q(pk__in=[])
    asked = Agreement.objects.exclude(questions=[]).values_list("pk", "questions")
    mine = [key for key, codes in asked if unit.code in owners_of("", codes)]
    return found | Q(pk__in=mine)
