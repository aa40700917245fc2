"""The last answers that failed (500 and above): when, at which page, under which number.

Nothing of what was asked or of what went wrong in words: that may name somebody. The number stands
in the log's line and in the answer, by which the two are found together.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

LARGEST = 64 * 1024
"""Bytes after which the older half goes."""


@dataclass(frozen=True)
class Failure:
    """One answer that failed."""

    at: datetime
    route: str
    status: int
    request: str


def note(route: str, status: int, request: str) -> None:
    """Add one; that it can't be noted must not make another."""
    told = {"at": datetime.now(UTC).isoformat(), "route": route, "status": status}
    line = json.dumps({**told, "request": request}) + "\n"
    with suppress(OSError):
        path = _path()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size > LARGEST:
            path.write_text("".join(path.read_text("ascii").splitlines(keepends=True)[-200:]))
        with path.open("a", encoding="ascii") as out:
            out.write(line)


def latest(most: int = 20) -> list[Failure]:
    """The newest first."""
    try:
        lines = _path().read_text("ascii").splitlines()[-most:]
    except OSError:
        return []
    return [found for line in reversed(lines) if (found := _read(line))]


def _read(line: str) -> Failure | None:
    try:
        told = json.loads(line)
        return Failure(
            datetime.fromisoformat(told["at"]), told["route"], told["status"], told["request"]
        )
    except (ValueError, KeyError, TypeError):  # half a line, of a process that was killed
        return None


def _path() -> Path:
    return Path(settings.HOME.running) / "failures.jsonl"
