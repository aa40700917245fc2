"""The addresses under ``/api/linked/v1/``."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from gongzhi.base.access.keys import require_known, required_key
from gongzhi.base.access.marks import programs
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.programs import interface, page_of, send_of
from gongzhi.base.access.shapes import ChangesOut, ChangesQuery, ListQuery
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked import actions
from gongzhi.work.linked.actions.answering import Told
from gongzhi.work.linked.api import shapes
from gongzhi.work.linked.api.showing import as_told, changes_after
from gongzhi.work.linked.models import LinkedAnswer, LinkedRequest
from gongzhi.work.linked.permissions import ANSWER
from gongzhi.work.linked.selectors.requests import request_for, requests_to
from gongzhi.work.linked.states import Via

api = interface(
    "Gongzhi linked response", "A partner's requests, and its answers.", namespace="linked-api"
)


@api.get("/requests", response=shapes.PageOut)
@programs
def list_requests(request: HttpRequest, query: Query[ListQuery]) -> dict[str, Any]:
    """The requests to this key's partner, the latest first."""
    key = _key(request)
    require_known(request, ListQuery.model_fields)
    found = requests_to(key.unit_id, open_only=query.state == "open")
    page, following = page_of(found, query)
    return {"requests": [as_told(one) for one in page], "next": following}


@api.get("/requests/{int:number}", response=shapes.RequestOut)
@programs
def one_request(request: HttpRequest, number: int) -> dict[str, Any]:
    """One request."""
    return as_told(request_for(_key(request).unit_id, number))


@api.get("/changes", response=ChangesOut)
@programs
def changes(request: HttpRequest, query: Query[ChangesQuery]) -> dict[str, Any]:
    """What has happened since; ask every few seconds, with the cursor that the last answer gave."""
    key = _key(request)
    require_known(request, ChangesQuery.model_fields)
    return changes_after(key, query.after, query.limit)


@api.post("/requests/{int:number}/answers", response=shapes.OutcomeOut)
@programs
def answer(request: HttpRequest, number: int, told: shapes.AnswerIn) -> dict[str, Any]:
    """Answer a request. With the same ``Idempotency-Key`` again it does nothing more."""
    key = _key(request)
    found = request_for(key.unit_id, number)
    said = Told(
        told.answer, Via.API, reason=told.reason or "", words=told.words, minutes=told.minutes,
        key=send_of(request, key, "linked"),
    )  # fmt: skip
    made = _made_before(found, said) or _answered(key, found, said)
    now = request_for(key.unit_id, number)
    nothing = _("这条请求已经是“%(state)s”，没有改动。") % {"state": now.get_state_display()}
    return {
        "request": as_told(now), "changed": made.changed, "said": "" if made.changed else nothing,
    }  # fmt: skip


def _answered(key: ApiKey, found: LinkedRequest, said: Told) -> LinkedAnswer:
    try:
        return actions.answer_request(Actor.key(key), found, said)
    except IntegrityError:  # sent twice at the same moment: the first one stands
        made = _made_before(found, said)
        if made is None:
            raise
        return made


def _made_before(found: LinkedRequest, said: Told) -> LinkedAnswer | None:
    made = LinkedAnswer.objects.filter(key=said.key).first() if said.key else None
    if made is not None and (made.request_id, made.told) != (found.pk, said.hash):
        raise Refused(
            _("这个 Idempotency-Key 已经用在另一个答复上，请换一个。"),
            code="idempotency_key_reused", status=422,
        )  # fmt: skip
    return made


def _key(request: HttpRequest) -> ApiKey:
    return required_key(request, ANSWER, name="linked.api")
