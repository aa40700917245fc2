"""Numbers of services: counts and medians by service and office, never of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, F, Q

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.permissions import known_to

DAYS = 90


@dataclass(frozen=True)
class Line:
    """One service in the last days: how many, how they ended, how often one had to come."""

    name: str
    received: int
    done: int
    refused: int
    visits: float | None
    """On average, of those that are over."""
    predicted: int
    spared: float | None
    """Of what an application needs, fields and papers that nobody had to give again: confirmed
    only, or held by the office. On average, of all that came."""
    of_all: float | None
    """Fields and papers that it needs altogether, on average."""


def numbers_for(account: Account) -> list[Line]:
    """The services of this counter in the last days, the most asked for first. One query."""
    since = now() - timedelta(days=DAYS)
    mine = known_to(account).filter(matter__opened_at__gte=since).values("pk")
    over = Q(matter__step="collected")
    known_how_much = Q(asked__gt=0)  # not of what was brought over from another system
    counted = (
        Application.objects.filter(pk__in=mine)
        .values("service")
        .annotate(
            received=Count("pk"),
            done=Count("pk", filter=over),
            refused=Count("pk", filter=Q(matter__step__in=("refused", "not_accepted"))),
            came=Avg(F("visits"), filter=over),
            spared=Avg(F("held") + F("reused"), filter=known_how_much),
            of_all=Avg(F("asked") + F("held"), filter=known_how_much),
        )
        .order_by("-received", "service")
    )
    known = catalogue().services
    return [
        Line(
            str(known[one["service"]].name), one["received"], one["done"], one["refused"],
            one["came"], known[one["service"]].visits, one["spared"], one["of_all"],
        )
        for one in counted if one["service"] in known
    ]  # fmt: skip
