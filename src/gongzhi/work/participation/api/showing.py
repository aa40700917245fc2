"""Requests and what happened to them, as a department's program reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.programs import changes_since
from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.closing import shown_kinds
from gongzhi.work.participation.selectors.inbox import followers_by_matter

KINDS = (
    "matters.matter_opened", "matters.step_taken", "matters.matter_handed_over",
    "matters.words_added", "matters.priority_changed", "matters.matter_merged",
    "matters.clock_warned", "matters.clock_missed", "participation.request_joined",
    "participation.outcome_judged",
)  # fmt: skip
"""What a program can be told of; its last part is the change's name."""
DEEDS = {
    "accepted": "accept", "in_progress": "start", "waiting_for_resident": "ask",
    "answered": "answer", "planned": "plan",
}  # fmt: skip


def requests_of(key: ApiKey) -> QuerySet[Matter]:
    """Those of the key's unit, and no other's."""
    own = Matter.objects.filter(
        procedure="resident_request", county__isnull=True, owner_unit=key.unit_id
    )
    return own.select_related("owner_unit", "narrative").order_by("-pk")


def request_of(key: ApiKey, number: int) -> Matter:
    """One of them. Refuses (404) another unit's as if there were none."""
    found = requests_of(key).filter(pk=number).first()
    if found is None:
        raise Refused(_("本单位没有这件诉求。"), code="unknown_request", status=404)
    return found


def as_told(matters: Sequence[Matter]) -> list[dict[str, Any]]:
    """The requests; two queries, however many."""
    keys = [one.pk for one in matters]
    clocks, followers = defaultdict(list), followers_by_matter(keys)
    for run in ClockRun.objects.filter(matter__in=keys, stopped_at=None).order_by("due_at", "pk"):
        clocks[run.matter_id].append(_clock(run))
    return [_told(one, clocks[one.pk], followers[one.pk]) for one in matters]


def _told(matter: Matter, clocks: list[dict[str, Any]], followers: int) -> dict[str, Any]:
    step, category = matter.step_item, matter.category_item
    wanted = category.evidence if category else ()
    return {
        "id": matter.pk,
        "number": matter.number,
        "step": {"code": matter.step, "name": str(step.name)},
        "category": {"code": matter.category, "name": matter.title},
        "priority": matter.priority,
        "words": matter.narrative.words,
        "place": {"words": matter.narrative.place, "lat": matter.lat, "lon": matter.lon},
        "opened_at": matter.opened_at,
        "changed_at": matter.stepped_at,
        "closed_at": matter.closed_at,
        "followers": followers,
        "clocks": clocks,
        "evidence": [
            {"code": code, "name": name} for code, name in shown_kinds(wanted, matter)
        ] if wanted else [],
        "may": [
            deed for code, deed in DEEDS.items()
            if (after := matter.version_item.step(code)) and matter.step in after.may_follow
        ],
    }  # fmt: skip


def _clock(run: ClockRun) -> dict[str, Any]:
    late = run.due_at is not None and run.due_at < now()
    name = str(run.clock_item.name) if run.clock_item else run.clock
    return {"code": run.clock, "name": name, "due_at": run.due_at, "late": late}


def changes_after(key: ApiKey, after: str | None, most: int) -> dict[str, Any]:
    """What happened to the requests that this key's unit has now."""
    rows = Entry.objects.filter(kind__in=KINDS, subject__startswith="matters.matter:")
    return changes_since(after, most, rows, _matter, lambda keys: _own(key, keys))


def _matter(entry: Entry) -> int:
    return int(entry.subject.rpartition(":")[2])


def _own(key: ApiKey, matters: set[int]) -> set[int]:
    return set(requests_of(key).filter(pk__in=matters).values_list("pk", flat=True))
