"""Who may see a file: whoever may see what it belongs to, and nobody else.

The rooms that attach files say so when they start: ``let_see(staff_of_the_matter)``.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from gongzhi.base.files.models import StoredFile

Eyes = Callable[[HttpRequest, StoredFile], bool]
_eyes: dict[str, Eyes] = {}


def let_see(may: Eyes) -> Eyes:
    """Register who may see files of one's own; returns it, so that it can decorate."""
    _eyes[f"{may.__module__}.{may.__qualname__}"] = may
    return may


def may_see(request: HttpRequest, file: StoredFile) -> bool:
    """Whether any room lets the asker see it. Nobody may see what nobody has attached."""
    return any(may(request, file) for may in _eyes.values())
