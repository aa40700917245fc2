"""What goes in and out of the interfaces for programs alike."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Cursor = Annotated[str, Field(pattern=r"^\d{1,18}$")]


class Exact(Schema):
    """Nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


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
