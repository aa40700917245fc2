"""Consultations as they are listed, and what was answered."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals.models import Consultation
from gongzhi.work.proposals.selectors.votes import Line

FEWEST = 5
"""Fewer answers than that are not told apart."""


def consultation_of(key: int) -> Consultation:
    """The consultation; refused (404) where there is none."""
    found = Consultation.objects.select_related("unit").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这次征求意见。"), code="no_such_consultation", status=404)
    return found


def asked_now() -> QuerySet[Consultation]:
    """Those that take answers."""
    at = now()
    return Consultation.objects.filter(opens_at__lte=at, closes_at__gt=at).order_by("closes_at")


def asked_before() -> QuerySet[Consultation]:
    """Those that have ended, undecided ones first."""
    rows = Consultation.objects.filter(closes_at__lte=now())
    return rows.order_by("-decided_at", "-closes_at")


def asked_later() -> QuerySet[Consultation]:
    """Those that haven't begun."""
    return Consultation.objects.filter(opens_at__gt=now()).order_by("opens_at")


def answers_of(asked: Consultation) -> list[Line]:
    """How often each option was chosen, in their order; empty for too few to tell apart."""
    counted = Counter(asked.answers.values_list("choice", flat=True))
    all_of = counted.total()
    if all_of < FEWEST:
        return []
    return [
        Line(code, name, counted[code], 100 * counted[code] / all_of)
        for code, name in asked.names.items()
    ]


def words_for(asked: Consultation) -> list[str]:
    """What was written, for those who decide, in an order that says nothing."""
    found = asked.answers.exclude(words="").order_by("pk")
    return list(found.values_list("words", flat=True))


def is_late(asked: Consultation) -> bool:
    """Whether its decision should be there and isn't."""
    return asked.decided_at is None and timezone.localdate(now()) > asked.decide_by
