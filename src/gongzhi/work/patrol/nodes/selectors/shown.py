"""Nodes as pages show them: by kind, with their hours of a day in words, and on the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.node import NodeKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.events import declared_events
from gongzhi.base.log.models import Entry
from gongzhi.base.places.cells import from_text, outline_of
from gongzhi.base.places.models import Area
from gongzhi.base.ui.parts import Happening
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.selectors.hours import spans_of

HUES = 8
SOON = 4
"""So many days before its last one a node is said to end soon."""


@dataclass(frozen=True)
class Shown:
    """A node in a row. ``hours``: of the day that is shown, in words; empty: not on this day."""

    node: Node
    town: str
    hours: str
    soon: bool


@dataclass(frozen=True)
class Group:
    """Nodes of one kind. ``kind`` is None for one that the county took away."""

    kind: NodeKind | None
    words: str
    icon: str
    rows: list[Shown]


def groups(nodes: Iterable[Node], day: date) -> list[Group]:
    """By kind, in the catalogue's order, within a kind by town. One query."""
    listed = list(nodes)
    towns = _towns({one.town for one in listed})
    by_kind: dict[str, list[Shown]] = {}
    for one in sorted(listed, key=lambda one: (one.town, one.pk)):
        row = Shown(one, towns.get(one.town, ""), hours_in_words(one, day),
                    one.ends_within(day, SOON))  # fmt: skip
        by_kind.setdefault(one.sort, []).append(row)
    found = [(rows[0].node.kind, sort, rows) for sort, rows in by_kind.items()]
    found.sort(key=lambda each: (each[0].order if each[0] else 999, each[1]))
    return [
        Group(kind, rows[0].node.kind_words, kind.icon if kind else "pin", rows)
        for kind, _sort, rows in found
    ]


def hours_in_words(node: Node, day: date) -> str:
    """``07:10–08:20 · 15:40–17:10``; with how often where that is more than once."""
    said = []
    for one in spans_of(node, day):
        begins, ends = timezone.localtime(one.begins), timezone.localtime(one.ends)
        words = f"{begins:%H:%M}–{ends:%H:%M}"
        if one.visits > 1:
            words = _("%(hours)s %(n)s 次") % {"hours": words, "n": one.visits}
        said.append(words)
    return " · ".join(said)


def map_content(nodes: Sequence[Node]) -> dict[str, Any]:
    """GeoJSON for the map: a point for each, and the outline of what was drawn."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature", "geometry": geometry,
                "properties": {"name": str(one), "about": one.kind_words,
                               "colour": hue_of(one.sort)},
            }
            for one in nodes
            for geometry in _geometries(one)
        ],
    }  # fmt: skip


def hue_of(sort: str) -> int:
    """The colour of a kind on maps: its number among the catalogue's kinds."""
    known = list(catalogue().nodes)
    return (known.index(sort) if sort in known else 0) % HUES


def _geometries(node: Node) -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = [{"type": "Point", "coordinates": [node.lon, node.lat]}]
    if node.cells:
        rings = [[outline_of(from_text(one))] for one in node.cells]
        drawn.append({"type": "MultiPolygon", "coordinates": rings})
    return drawn


def course(node: Node) -> list[Happening]:
    """What was done about it, the newest first."""
    entries = Entry.objects.filter(subject=subject_of(node)).order_by("-seq")[:30]
    known = declared_events()
    return [
        Happening(one.at, str(known[one.kind].label) if one.kind in known else one.kind)
        for one in entries
    ]


def _towns(codes: set[str]) -> dict[str, str]:
    found = Area.objects.filter(kind=Area.Kind.TOWN, code__in=codes).defer("geometry")
    return {area.code: str(area) for area in found}
