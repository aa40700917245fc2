"""Lines above every resident's page: each app says what everybody must know now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Banner:
    """One line: where it leads, what it says, and how grave it is (a level of ``warnings.css``)."""

    url: str
    title: str
    words: str
    icon: str
    level: str


Teller = Callable[[HttpRequest], Banner | None]
_tellers: list[Teller] = []


def add_banner(teller: Teller) -> None:
    """Let an app say something on residents' pages. It is asked on each: it must be cheap."""
    _tellers.append(teller)


def banners(request: HttpRequest) -> list[Banner]:
    """What there is to say on this page."""
    return [one for teller in _tellers if (one := teller(request)) is not None]
