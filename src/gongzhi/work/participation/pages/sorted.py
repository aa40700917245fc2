"""What the request's page shows of its category: a suggestion, and what it may be changed to."""

from __future__ import annotations

from typing import Any

from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.work.participation.models import JudgedSuggestion
from gongzhi.work.participation.selectors.categories import request_categories
from gongzhi.work.participation.suggesting import suggestion_of

SORTED = ("received", "accepted", "in_progress", "reopened")


def to_sort(account: Account, matter: Matter) -> dict[str, Any]:
    """The suggestion, until a person of the unit has decided; and the categories."""
    own = account.unit_id == matter.owner_unit_id and may(account, "participation.answer_request")
    if not own or matter.step not in SORTED:
        return {"suggested": None, "categories": []}
    judged = JudgedSuggestion.objects.filter(matter=matter).exists()
    others = [one for one in request_categories() if one.code != matter.category]
    return {
        "suggested": None if judged else suggestion_of(matter),
        "categories": sorted(others, key=lambda one: str(one.group)),
    }
