"""The addresses under ``/api/v1/requests/``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Query
from ninja.files import UploadedFile

from gongzhi.base.access.keys import require_known, required_key
from gongzhi.base.access.marks import programs
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.programs import interface, page_of
from gongzhi.base.access.shapes import ChangesOut, ChangesQuery, ListQuery
from gongzhi.base.files.sent import photos_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation import actions
from gongzhi.work.participation.actions.closing import ANSWER
from gongzhi.work.participation.api import shapes
from gongzhi.work.participation.api.showing import (
    as_told,
    changes_after,
    request_of,
    requests_of,
)
from gongzhi.work.participation.closing import Closing

api = interface(
    "Gongzhi requests", "A department's requests, and its answers.", namespace="requests-api"
)


@api.get("/", response=shapes.PageOut)
@programs
def list_requests(request: HttpRequest, query: Query[ListQuery]) -> dict[str, Any]:
    """The requests of this key's unit, the latest first."""
    key = _key(request)
    require_known(request, ListQuery.model_fields)
    found = requests_of(key)
    if query.state == "open":
        found = found.filter(closed_at__isnull=True)
    page, following = page_of(found, query)
    return {"requests": as_told(page), "next": following}


@api.get("/changes", response=ChangesOut)
@programs
def changes(request: HttpRequest, query: Query[ChangesQuery]) -> dict[str, Any]:
    """What has happened since; ask every few seconds, with the cursor that the last answer gave."""
    key = _key(request)
    require_known(request, ChangesQuery.model_fields)
    return changes_after(key, query.after, query.limit)


@api.get("/{int:number}", response=shapes.RequestOut)
@programs
def one_request(request: HttpRequest, number: int) -> dict[str, Any]:
    """One request."""
    return as_told([request_of(_key(request), number)])[0]


@api.post("/{int:number}/accept", response=shapes.OutcomeOut)
@programs
def accept(request: HttpRequest, number: int) -> dict[str, Any]:
    """Say that the unit takes care of it, and begin. Again it does nothing more."""
    return _done(request, number, "in_progress", _begun)


@api.post("/{int:number}/ask", response=shapes.OutcomeOut)
@programs
def ask(request: HttpRequest, number: int, told: shapes.WordsIn) -> dict[str, Any]:
    """Ask who reported it; the request waits for the reply."""
    return _done(
        request, number, "", lambda by, one: actions.ask_resident(by, one, told.words)
    )  # fmt: skip


@api.post("/{int:number}/answer", response=shapes.OutcomeOut)
@programs
def answer(request: HttpRequest, number: int, told: shapes.AnswerIn) -> dict[str, Any]:
    """Tell the resident the outcome. The same words again do nothing more."""
    return _answered(request, number, told)


@api.post("/{int:number}/answer-with-photos", response=shapes.OutcomeOut)
@programs
def answer_with_photos(
    request: HttpRequest,
    number: int,
    told: Form[shapes.AnswerIn],
    photos: File[list[UploadedFile]],
) -> dict[str, Any]:
    """The same as ``multipart/form-data``, with one to four photos as ``photos`` (JPEG, PNG or
    WebP, 20 MB each at most). They are made anew; where and when they were taken is not kept."""
    return _answered(request, number, told)


@api.post("/{int:number}/plan", response=shapes.OutcomeOut)
@programs
def plan(request: HttpRequest, number: int, told: shapes.PlanIn) -> dict[str, Any]:
    """Say what will be done until which day. The same words again do nothing more."""
    day, same = told.promised.isoformat(), _is_said("plan", told.words)
    return _done(
        request, number, "planned",
        lambda by, one: actions.plan_request(by, one, told.words, promised=day), same,
    )  # fmt: skip


def _answered(request: HttpRequest, number: int, told: shapes.AnswerIn) -> dict[str, Any]:
    closing = Closing(told.outcome, told.evidence, told.note, told.because)

    def deed(by: Actor, one: Matter) -> Matter:
        photos = photos_of(request)
        return actions.answer_request(by, one, told.words, photos=photos, closing=closing)

    return _done(request, number, "answered", deed, _is_said("answer", told.words))


Deed = Callable[[Actor, Matter], Matter]


def _done(
    request: HttpRequest,
    number: int,
    step: str,
    deed: Deed,
    same: Callable[[Matter], bool] = lambda _matter: True,
) -> dict[str, Any]:
    """Do it, unless the request stands there already, for the same reason."""
    key = _key(request)
    found = request_of(key, number)
    again = found.step == step and same(found)
    if not again:
        deed(Actor.key(key), found)
    return {"request": as_told([request_of(key, number)])[0], "changed": not again}


def _begun(by: Actor, matter: Matter) -> Matter:
    if matter.step == "received":
        matter = actions.take_up(by, matter)
    return actions.start_request(by, matter)


def _is_said(code: str, words: str) -> Callable[[Matter], bool]:
    return lambda matter: matter.elements.filter(code=code, text=words.strip()).exists()


def _key(request: HttpRequest) -> ApiKey:
    return required_key(request, ANSWER, name="requests.api")
