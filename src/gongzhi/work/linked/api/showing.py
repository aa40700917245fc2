"""Requests and what happened to them, as programs read them."""

from __future__ import annotations

import json
from typing import Any

from gongzhi.base.access.models import ApiKey
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log import chain
from gongzhi.base.log.models import Entry
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.selectors.requests import answers_left, is_late
from gongzhi.work.linked.states import MAY_FOLLOW, State

SPAN = 5000
"""Entries of the log that one question looks through at most."""
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


def changes_after(key: ApiKey, after: int | None, most: int) -> dict[str, Any]:
    """What happened to this key's requests. By the log's own numbers, whose order is that of the
    commits: whoever goes on from the cursor misses nothing."""
    head = chain.head()[0]
    if after is None or after > head:
        return {"changes": [], "next": str(head), "more": False}
    upto = min(head, after + SPAN)
    rows = Entry.objects.filter(seq__gt=after, seq__lte=upto, kind__in=KINDS).order_by("seq")
    told = [(entry, json.loads(entry.text)["request"]) for entry in rows]
    wanted = {request for _entry, request in told}
    own = LinkedRequest.objects.filter(pk__in=wanted, unit=key.unit_id)
    mine = set(own.values_list("pk", flat=True))
    found = [(entry, request) for entry, request in told if request in mine]
    cut = found[:most]
    last = cut[-1][0].seq if len(found) > most else upto
    changes = [
        {"id": str(entry.seq), "at": entry.at, "request": request,
         "what": entry.kind.removeprefix("linked.")}
        for entry, request in cut
    ]  # fmt: skip
    return {"changes": changes, "next": str(last), "more": last < head}
