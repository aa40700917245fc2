"""What a law keeps: while something holds a matter, nobody in it is forgotten, whoever asks.

The apps that know of holds say so from `AppConfig.ready()`; whatever erases asks here.
"""

from __future__ import annotations

from collections.abc import Callable

from gongzhi.base.ui.errors import Refused

Hold = Callable[[int], str]
"""Why nothing of the matter of this id may be erased, in words for anybody; "" when it may."""
_holds: list[Hold] = []


def add_hold(hold: Hold) -> Hold:
    """Let an app say what holds a matter."""
    _holds.append(hold)
    return hold


def why_held(matter: int) -> str:
    """Why nothing of it may be erased now; "" when nothing holds it."""
    return next((words for one in _holds if (words := one(matter))), "")


def require_not_held(matter: int) -> None:
    """Refuse (409) to erase what is held."""
    if words := why_held(matter):
        raise Refused(words, code="held_back", status=409)
