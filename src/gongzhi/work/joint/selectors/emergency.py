"""What a request that is an emergency can become."""

from __future__ import annotations

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue

URGENT_AT = ("received", "accepted", "in_progress", "waiting_for_resident", "reopened")


def incident_categories() -> list[Category]:
    """The categories of incidents, by their group."""
    found = [one for one in catalogue().categories.values() if "incident" in one.kinds]
    return sorted(found, key=lambda one: str(one.group))
