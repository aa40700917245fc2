"""What goes in and out. Whatever isn't named here is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from gongzhi.base.access.shapes import Exact, Named, PlaceOut

Words = Annotated[str, Field(min_length=1, max_length=4000)]


class WordsIn(Exact):
    """Words for the resident."""

    words: Words


class AnswerIn(Exact):
    """What became of it. ``evidence`` and ``note`` with ``done``, where the category wants it;
    ``because`` with ``impossible``. Photos go with ``answer-with-photos``."""

    words: Words
    outcome: Literal["done", "impossible"] = "done"
    evidence: Literal["", "photo", "visit", "document", "call"] = ""
    note: str = Field("", max_length=400)
    because: str = Field("", max_length=40)


class PlanIn(Exact):
    """What will be done, and until which day."""

    words: Words
    promised: date


class ClockOut(Schema):
    """A limit that runs; ``due_at`` is null while it is held."""

    code: str
    name: str
    due_at: datetime | None
    late: bool


class RequestOut(Schema):
    """One request. Who told it is never in it."""

    id: int
    number: str
    step: Named
    category: Named
    priority: int
    words: str
    place: PlaceOut
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    followers: int
    clocks: list[ClockOut]
    evidence: list[Named]
    may: list[str]


class PageOut(Schema):
    """Some requests, the latest first; ``next`` is the cursor of the following page."""

    requests: list[RequestOut]
    next: str | None


class OutcomeOut(Schema):
    """What a call did; ``changed`` is false where the request stood there already."""

    request: RequestOut
    changed: bool
