"""What the gazetteer has that could be nodes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from gongzhi.base.catalogue.kinds.node import NodeKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.work.patrol.nodes.models import Node


@dataclass(frozen=True)
class Offer:
    """A kind of node, and how many places of the gazetteer could become one."""

    kind: NodeKind
    places: int


def places_without(kind: NodeKind) -> QuerySet[GazetteerEntry]:
    """Places of the gazetteer of this kind that are no node of it yet."""
    taken = Node.objects.filter(sort=kind.code, ended_at=None).exclude(place="")
    own = GazetteerEntry.objects.filter(county__own=True, kind__in=kind.places)
    return own.exclude(code__in=taken.values("place")).order_by("code")


def offers() -> list[Offer]:
    """Kinds of which the gazetteer has places that are no nodes yet. Two queries."""
    kinds = [one for one in catalogue().nodes.values() if one.places]
    named = {code for one in kinds for code in one.places}
    rows = GazetteerEntry.objects.filter(county__own=True, kind__in=named)
    taken = set(
        Node.objects.filter(ended_at=None).exclude(place="").values_list("sort", "place")
    )  # fmt: skip
    counts = Counter(
        kind.code
        for code, gazetteer_kind in rows.values_list("code", "kind")
        for kind in kinds
        if gazetteer_kind in kind.places and (kind.code, code) not in taken
    )
    return [Offer(one, counts[one.code]) for one in kinds if counts[one.code]]
