"""Nodes from the gazetteer: all schools at once, say."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.areas import areas_of
from gongzhi.base.places.models import Area, GazetteerEntry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes import events
from gongzhi.work.patrol.nodes.held import fresh, kind_of
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.permissions import require_planner
from gongzhi.work.patrol.nodes.selectors.county import places_without
from gongzhi.work.patrol.nodes.states import Reason

MOST = 500
"""Places at once; a county with more of a kind chooses."""


@action
def open_nodes_of(by: Actor, sort: str) -> int:
    """Make nodes of all places of this kind that are none yet; how many. Refuses where there are
    none, or too many."""
    require_planner(by)
    kind = kind_of(sort)
    found = list(places_without(kind)[: MOST + 1])
    if not found:
        raise Refused(_("地名库里这一类都已经是巡逻点了。"), code="none_left", status=409)
    if len(found) > MOST:
        words = _("地名库里这一类超过 %(n)s 处，请一处一处地选。") % {"n": MOST}
        raise Refused(words, code="too_many", status=409)
    towns = areas_of([one.point for one in found], Area.Kind.TOWN)
    Node.objects.bulk_create(
        _node(sort, one, town) for one, town in zip(found, towns, strict=True)
    )  # fmt: skip
    record(events.NODES_OPENED, f"nodes.sort:{sort}", sort=sort, nodes=len(found))
    return len(found)


def _node(sort: str, place: GazetteerEntry, town: Area | None) -> Node:
    return fresh(
        sort=sort, place=place.code, name_zh=place.name_zh, name_en=place.name_en,
        point=place.point, town=town.code if town else "", reason=Reason.CROWDED,
    )  # fmt: skip
