"""What is to come in a drill, and how far it has come: two files in the drill's home."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gongzhi.config.home import Home


@dataclass(frozen=True)
class Planned:
    """One call to come, ``after`` so many seconds. ``joins``: number of the call whose incident
    the call-taker puts it with; ``priority``: None for what category and answers say."""

    after: float
    category: str
    words: str
    place: str
    lat: float | None = None
    lon: float | None = None
    answers: Mapping[str, str | int] = field(default_factory=dict)
    priority: int | None = None
    channel: str = "phone"
    joins: int | None = None


@dataclass(frozen=True)
class Drill:
    """What a drill is, and where it stands: ``elapsed`` (s) of its own time, ``fed`` calls."""

    name: str
    scenario: str
    seed: int
    speed: float
    crews: bool
    began: str = ""
    elapsed: float = 0.0
    fed: int = 0

    @property
    def began_at(self) -> datetime | None:
        """When its clock first ran."""
        return datetime.fromisoformat(self.began) if self.began else None


def read_plan(home: Home) -> list[Planned]:
    """The calls to come, in order."""
    return [Planned(**one) for one in json.loads(home.exercise_plan.read_text("utf-8"))]


def write_plan(home: Home, plan: Sequence[Planned]) -> None:
    """Keep the calls to come, in the order of their time."""
    _write(home.exercise_plan, [asdict(one) for one in plan])


def read_drill(home: Home) -> Drill:
    """How far the drill has come."""
    return Drill(**json.loads(home.exercise_marker.read_text("utf-8")))


def write_drill(home: Home, drill: Drill) -> None:
    """Keep how far it has come; whole or not at all."""
    _write(home.exercise_marker, asdict(drill))


def _write(path: Path, content: Any) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    part.replace(path)
