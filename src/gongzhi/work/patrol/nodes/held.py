"""A node while it is changed, and a new one before it is kept."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.node import NodeKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes.models import Node


def held_node(node: Node) -> Node:
    """The node, locked. Refuses one that has ended."""
    held = Node.objects.select_for_update(of=("self",)).get(pk=node.pk)
    if held.ended_at is not None:
        raise Refused(_("这个巡逻点已经撤销。"), code="node_ended", status=409)
    return held


def kind_of(sort: str) -> NodeKind:
    """The kind of this code. Refuses (422) what is none."""
    kind = catalogue().nodes.get(sort)
    if kind is None:
        words = _("没有这一类巡逻点。")
        raise Refused(words, code="sort", status=422, fields={"sort": words})
    return kind


def fresh(*, point: Point, **told: Any) -> Node:
    """A node that begins today, not saved."""
    return Node(
        lat=round(point.lat, 6), lon=round(point.lon, 6), h9=cell_of(point),
        opened_at=now(), **{"since": timezone.localdate(now()), **told},
    )  # fmt: skip
