"""Requests and what happened to them, as programs read them."""

from __future__ import annotations

import json
from typing import Any

from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.programs import changes_since
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.selectors.requests import answers_left, is_late
from gongzhi.work.linked.states import MAY_FOLLOW, State

KINDS = (
    "linked.partner_asked", "linked.request_answered", "linked.answer_overdue",
    "linked.partner_phoned", "linked.request_cancelled", "linked.request_moved",
)  # fmt: skip


def as_told(request: LinkedRequest) -> dict[str, Any]:
    """One request."""
    matter, partner = request.matter, catalogue().partners.get(request.partner)
    offers = [partner.offer(code) for code in request.offers] if partner else []
    may = [code for code, _words in answers_left(request)]
    if request.state in MAY_FOLLOW[State.REFUSED]:
        may.append(State.REFUSED.value)
    return {
        "id": request.pk,
        "incident": matter.number,
        "state": request.state,
        "priority": matter.priority,
        "category": {"code": matter.category, "name": matter.title},
        "place": {"words": matter.narrative.place, "lat": matter.lat, "lon": matter.lon},
        "offers": [{"code": one.code, "name": str(one)} for one in offers if one],
        "words": request.message.words if request.message else "",
        "asked_at": request.asked_at,
        "changed_at": request.state_since,
        "due_at": request.due_at,
        "late": is_late(request),
        "eta_at": request.eta_at,
        "ended_at": request.ended_at,
        "may_answer": may,
    }


def changes_after(key: ApiKey, after: str | None, most: int) -> dict[str, Any]:
    """What happened to this key's requests."""
    rows = Entry.objects.filter(kind__in=KINDS)
    return changes_since(after, most, rows, _request, lambda keys: _own(key, keys))


def _request(entry: Entry) -> int:
    return int(json.loads(entry.text)["request"])


def _own(key: ApiKey, requests: set[int]) -> set[int]:
    own = LinkedRequest.objects.filter(pk__in=requests, unit=key.unit_id)
    return set(own.values_list("pk", flat=True))
