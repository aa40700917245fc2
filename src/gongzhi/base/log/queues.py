"""What waits to be done by programs: each app says how much of its own does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

_queues: dict[str, tuple[_StrOrPromise, Callable[[], int]]] = {}


def add_queue(code: str, title: _StrOrPromise, count: Callable[[], int]) -> None:
    """Let this be counted among what waits; called from `AppConfig.ready()`."""
    _queues[code] = title, count


def waiting() -> dict[str, tuple[_StrOrPromise, int]]:
    """Of every queue: its title, and how many wait."""
    return {code: (title, count()) for code, (title, count) in _queues.items()}
