"""Whose details have been kept as long as they may be, and whose the law holds beyond that."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Person

KINDS = ("request", "incident", "complaint", "application", "proposal", "privacy")
"""Kinds of matters whose people are let go by time. A case's are kept with its file."""
KEPT = timedelta(days=365)
"""Where a county's catalogue says nothing."""


def last_end() -> datetime:
    """Details in matters that had ended before are due."""
    item = catalogue().keeping.get("contacts")
    return now() - (item.keep if item else KEPT)


def over() -> QuerySet[Person]:
    """Everybody whose time is over, those too whom the law holds. A matter that was merged goes on
    in the other."""
    procedures = [one.code for one in catalogue().procedures.values() if one.kind in KINDS]
    before = last_end()
    found = Person.objects.filter(
        erased_at=None, party__matter__procedure__in=procedures,
        party__matter__county=None, party__matter__closed_at__lt=before,
    )  # fmt: skip
    # Asked apart: one matter in a thousand was merged, and none of the others needs the join.
    gone_on = found.filter(party__matter__merged_into__isnull=False).exclude(
        party__matter__merged_into__closed_at__lt=before
    )
    return found.exclude(pk__in=gone_on.values("pk"))


def held() -> QuerySet[Person]:
    """Those of them whom a legal hold keeps."""
    return over().filter(party__matter__holds__lifted_at=None, party__matter__holds__isnull=False)


def due(most: int) -> list[Person]:
    """The next who are to be let go."""
    kept = held().values("pk")
    return list(over().exclude(pk__in=kept).order_by("pk").select_related("party")[:most])
