"""What residents told of, by place and time: the only thing that may say where help is wanted."""

from __future__ import annotations

from django.db.models import QuerySet

from gongzhi.base.matters.models import Matter

RESIDENTS = frozenset({"web", "phone", "text", "video", "counter", "hotline", "open311", "import"})
"""Channels by which residents tell. What came in any other way never calls for patrol: where
officers look, they find."""
TOLD = ("incident", "resident_request")
"""Procedures of what is told. Cases, complaints, drills and tests of the line are others."""


def told_by_residents(category: str) -> QuerySet[Matter]:
    """The county's own matters of this category that residents told of, each thing once, and only
    those whose place is known."""
    return Matter.objects.filter(
        procedure__in=TOLD, category=category, channel__in=RESIDENTS,
        county=None, merged_into=None, h9__isnull=False,
    )  # fmt: skip


def own_incidents() -> QuerySet[Matter]:
    """The county's own incidents, each once, in whatever way they came in. Whoever counts them
    asks of each whether a resident told of it."""
    return Matter.objects.filter(procedure="incident", county=None, merged_into=None)
