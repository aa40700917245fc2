"""What goes in and out. Whatever isn't named here is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from gongzhi.base.access.shapes import Exact, Named, PlaceOut

Answer = Literal["accepted", "refused", "under_way", "there", "done"]
State = Literal["asked", "accepted", "under_way", "there", "done", "refused", "cancelled"]
Reason = Literal["none_free", "not_ours", "can_not_reach", "not_safe", "other_first", "other"]


class AnswerIn(Exact):
    """What the partner says. ``reason`` with ``refused`` only; ``minutes`` until it means to be
    there."""

    answer: Answer
    reason: Reason | None = None
    words: str = Field("", max_length=2000)
    minutes: int | None = Field(None, ge=0, le=1440)


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


class OutcomeOut(Schema):
    """What an answer did. ``changed`` is false for a repeat and for one that came too late; then
    ``said`` tells it in words."""

    request: RequestOut
    changed: bool
    said: str
