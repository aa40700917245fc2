"""Who sees sources, and who decides what becomes of what they deliver."""

from __future__ import annotations

from typing import Any

from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit

VIEW, DECIDE = "receiving.view_sources", "receiving.decide_batch"


def seen_by(account: Any) -> list[Connector]:
    """Those who decide see all sources; others those that their own unit is responsible for."""
    every = list(catalogue().connectors.values())
    if may(account, DECIDE):
        return every
    if not may(account, VIEW):
        return []
    unit = Unit.objects.filter(pk=account.unit_id).values_list("code", flat=True).first()
    return [one for one in every if one.unit == unit]
