"""What the larger components show: typed, so that a page can't forget half of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils import timezone

from gongzhi.base.ui import spans

Tone = Literal["plain", "good", "note", "warn", "bad"]
StepState = Literal["done", "now", "next", "skipped"]
ClockState = Literal["running", "soon", "late", "met", "missed", "paused", "waiting", "over"]
ClockKind = Literal["deadline", "notice", "wait", "keep", "delete"]


@dataclass(frozen=True)
class Step:
    """One stop of the step bar. ``at`` is when it was reached."""

    words: str
    state: StepState
    at: datetime | None = None


@dataclass(frozen=True)
class Happening:
    """One line of a timeline: what happened, who did it, and words that go with it."""

    at: datetime
    title: str
    by: str = ""
    words: str = ""
    icon: str = "dot"
    tone: Tone = "plain"
    url: str = ""
    photos: Sequence[str] = field(default=())
    """Addresses of pictures; the small one lies below each, at ``small/``."""
    fold: str = ""
    """Of a kind that many can be of: neighbours that say the same. A run of them is folded."""


@dataclass(frozen=True)
class Clock:
    """A time limit as a chip shows it. ``basis``: the rule it stands on; ``sum``: how ``due_at``
    was reckoned; ``stopped_at``: when it was met or missed for good; ``paused``: not counting;
    ``custody``: it limits somebody's liberty, and stands before all others; ``whose``: what the
    party is called whose own it is, and ``party`` who that is."""

    words: str
    due_at: datetime
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    basis: str = ""
    sum: str = ""
    paused: bool = False
    custody: bool = False
    kind: ClockKind = "deadline"
    whose: str = ""
    party: int | None = None

    @property
    def never_late(self) -> bool:
        """Whether ``due_at`` opens something, and nothing has to be done before."""
        return self.kind in {"wait", "keep", "delete"}

    @property
    def state(self) -> ClockState:
        """Where it stands now."""
        if self.never_late and not self.stopped_at:
            return "over" if timezone.now() > self.due_at else "waiting"
        if self.stopped_at:
            in_time = self.never_late or self.stopped_at <= self.due_at
            return "met" if in_time else "missed"
        if self.paused:
            return "paused"
        if timezone.now() > self.due_at:
            return "late"
        return "soon" if spans.is_soon(self.due_at, self.started_at) else "running"

    @property
    def soon_at(self) -> datetime:
        """From when on it counts as due soon: the last fifth of the time allowed."""
        started = self.started_at or self.due_at
        return self.due_at - (self.due_at - started) / 5
