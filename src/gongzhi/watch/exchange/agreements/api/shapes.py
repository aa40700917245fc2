"""What goes in and out. Whatever isn't named here is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from gongzhi.base.access.shapes import Exact


class RowsQuery(Exact):
    """Which rows: ``after`` is the cursor that the page before gave."""

    after: Annotated[str, Field(max_length=400, pattern=r"^[A-Za-z0-9_-]*$")] = ""
    limit: int = Field(100, ge=1, le=1000)


class AnswerQuery(Exact):
    """Of which period: a month (``2026-10``) or a week (``2026-W44``) that is over."""

    period: Annotated[str, Field(pattern=r"^\d{4}-(\d{2}|W\d{2})$")]


class FieldOut(Schema):
    """A field that is agreed, and what it says in the language asked for."""

    name: str
    says: str


class QuestionOut(Schema):
    """A question that is answered."""

    code: str
    name: str
    period: Literal["week", "month"]
    latest: str


class AgreementOut(Schema):
    """What this key's agreement gives, until when."""

    id: int
    number: str
    offer: str | None
    fields: list[FieldOut]
    questions: list[QuestionOut]
    purpose: str
    until: date
    in_force: bool
    budget: int
    left: int


class RowsOut(Schema):
    """Some rows, with the agreed fields and no other; ``next`` is the cursor of the following."""

    rows: list[dict[str, Any]]
    next: str | None


class AnswerOut(Schema):
    """Counts, by town: column, kind, how many. Never fewer than ``least``, always in steps of it;
    what isn't there was fewer, or is held back beside such a one. The same for ever."""

    question: str
    period: str
    made_at: datetime
    least: int
    towns: dict[str, dict[str, dict[str, int]]]
    left: int
