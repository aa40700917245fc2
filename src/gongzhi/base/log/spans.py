"""Where time goes: what is begun and ended is told to whoever watches (`watch/operations`), if
anybody does. Nothing is told of whom or what it is about."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Note = Callable[..., None]
"""Adds facts that are known only later: ``note(status=200)``."""
Begin = Callable[[str, dict[str, object]], AbstractContextManager[Note]]

_watching: list[Begin] = []


def watch(begin: Begin | None) -> None:
    """Tell this one from now on; None: nobody."""
    _watching[:] = [] if begin is None else [begin]


def span(name: str, /, **facts: object) -> AbstractContextManager[Note]:
    """Around a piece of work: ``with span("reader", reader=name):``."""
    return _watching[0](name, facts) if _watching else nullcontext(_nothing)


def _nothing(**_facts: object) -> None:
    """Nobody watches."""
