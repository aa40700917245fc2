"""Which units' systems an entry of the log is told to, and about what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Handover, Matter
from gongzhi.work.linked.api.showing import KINDS as LINKED
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.participation.api.showing import KINDS as REQUESTS

KINDS = frozenset({*LINKED, *REQUESTS})
RESIDENTS_WORDS = frozenset({"reply", "joined", "objection"})
"""Of words only that a resident said something; what a unit writes it knows itself."""


class Heard(NamedTuple):
    """A unit, and the request to a partner or the resident's request that it is told of."""

    unit: int
    request: int | None = None
    matter: int | None = None


def heard(entry: Entry) -> Iterator[Heard]:
    """Whom to tell. Two queries at the most."""
    if entry.kind in LINKED:
        yield from _linked(json.loads(entry.text)["request"])
    elif entry.kind in REQUESTS and entry.subject.startswith("matters.matter:"):
        yield from _requested(entry, json.loads(entry.text))


def _linked(request: int) -> Iterator[Heard]:
    unit = LinkedRequest.objects.filter(pk=request).values_list("unit", flat=True).first()
    if unit is not None:
        yield Heard(unit, request=request)


def _requested(entry: Entry, fields: dict[str, Any]) -> Iterator[Heard]:
    """The unit that had it then; of a hand-over who gave and who took it."""
    if entry.kind == "matters.words_added" and fields["use"] not in RESIDENTS_WORDS:
        return
    key = int(entry.subject.rpartition(":")[2])
    own = Matter.objects.filter(pk=key, procedure="resident_request", county__isnull=True)
    owner = own.values_list("owner_unit", flat=True).first()
    if owner is None:
        return
    if entry.kind == "matters.matter_handed_over":
        yield from (Heard(unit, matter=key) for unit in (fields["giver"], fields["taker"]))
        return
    # It may have gone on since; whoever gave it away next had it.
    later = Handover.objects.filter(matter=key, at__gt=entry.at).order_by("at", "pk")
    yield Heard(later.values_list("giver", flat=True).first() or owner, matter=key)
