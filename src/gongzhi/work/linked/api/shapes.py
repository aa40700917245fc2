"""What goes in and out. Whatever isn't named here is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Answer = Literal["accepted", "refused", "under_way", "there", "done"]
State = Literal["asked", "accepted", "under_way", "there", "done", "refused", "cancelled"]
Reason = Literal["none_free", "not_ours", "can_not_reach", "not_safe", "other_first", "other"]
Cursor = Annotated[str, Field(pattern=r"^\d{1,18}$")]


class Exact(Schema):
    """Nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


class AnswerIn(Exact):
    """What the partner says. ``reason`` with ``refused`` only; ``minutes`` until it means to be
    there."""

    answer: Answer
    reason: Reason | None = None
    words: str = Field("", max_length=2000)
    minutes: int | None = Field(None, ge=0, le=1440)


class ListQuery(Exact):
    """Which requests: ``after`` is the cursor that the page before gave."""

    state: Literal["open", "all"] = "open"
    after: Cursor | None = None
    limit: int = Field(50, ge=1, le=200)


class ChangesQuery(Exact):
    """What has happened after the cursor; without one, from now on."""

    after: Cursor | None = None
    limit: int = Field(100, ge=1, le=500)


class Named(Schema):
    """A code, and what it is called in the language asked for."""

    code: str
    name: str


class PlaceOut(Schema):
    """Where; coordinates are WGS 84, and may be missing."""

    words: str
    lat: float | None
    lon: float | None


class RequestOut(Schema):
    """One request, with what the desk shared. Who called is never in it."""

    id: int
    incident: str
    state: State
    priority: int
    category: Named
    place: PlaceOut
    offers: list[Named]
    words: str
    asked_at: datetime
    changed_at: datetime
    due_at: datetime | None
    late: bool
    eta_at: datetime | None
    ended_at: datetime | None
    may_answer: list[str]


class PageOut(Schema):
    """Some requests, the latest first; ``next`` is the cursor of the following page."""

    requests: list[RequestOut]
    next: str | None


class ChangeOut(Schema):
    """One thing that happened to a request."""

    id: str
    at: datetime
    request: int
    what: str


class ChangesOut(Schema):
    """What happened, in order; ask again with ``next``. ``more``: at once, there is more."""

    changes: list[ChangeOut]
    next: str
    more: bool


class OutcomeOut(Schema):
    """What an answer did. ``changed`` is false for a repeat and for one that came too late; then
    ``said`` tells it in words."""

    request: RequestOut
    changed: bool
    said: str
