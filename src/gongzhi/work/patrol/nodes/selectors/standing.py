"""The nodes that hold on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes.models import Node


def standing(day: date) -> QuerySet[Node]:
    """Those that have begun and not ended, in the order in which they were set up."""
    last = Q(until=None) | Q(until__gte=day)
    found = Node.objects.filter(last, ended_at=None, since__lte=day)
    return found.select_related("owner").order_by("pk")


def node_of(key: int) -> Node:
    """The node of this id. Refuses (404) what is none."""
    found = Node.objects.select_related("owner__unit").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个巡逻点。"), code="no_such_node", status=404)
    return found
