"""The staff's side rail: each app names its own places from `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Place:
    """One entry of the rail. ``may`` says whether this reader sees it; ``order`` sorts."""

    url_name: str
    words: _StrOrPromise
    icon: str
    order: int
    may: Callable[[HttpRequest], bool] = field(default=lambda request: True)
    keys: str = ""


@dataclass(frozen=True)
class Link:
    """A place as one page shows it."""

    url: str
    words: str
    icon: str
    current: bool
    keys: str


_places: dict[str, Place] = {}


def add_place(place: Place) -> None:
    """Put `place` on the rail; a second one of the same name replaces the first.

    Raises ValueError where another place answers to the same keys: one of them would never open.
    """
    for one in _places.values():
        if place.keys and one.keys == place.keys and one.url_name != place.url_name:
            raise ValueError(f"{place.url_name}: {one.url_name} answers to {place.keys!r}")
    _places[place.url_name] = place


def rail(request: HttpRequest) -> list[Link]:
    """The places that this reader may open, in order, the current one marked."""
    found = [place for place in _places.values() if place.may(request)]
    links = [_link(place, request.path) for place in sorted(found, key=lambda p: p.order)]
    return _one_current([link for link in links if link is not None])


_alarms: dict[str, Callable[[HttpRequest], bool]] = {}


def set_alarms(url_name: str, may: Callable[[HttpRequest], bool]) -> None:
    """Let this piece stand above every staff page of those who `may` see it: what nobody may
    overlook. There is one; it asks for itself and is drawn by `frontend/js/alarms.js`."""
    _alarms.clear()
    _alarms[url_name] = may


def alarms(request: HttpRequest) -> str:
    """The address of what stands above this reader's pages; empty when nothing does."""
    for url_name, may in _alarms.items():
        if may(request):
            try:
                return reverse(url_name)
            except NoReverseMatch:
                return ""
    return ""


def _link(place: Place, path: str) -> Link | None:
    try:
        url = reverse(place.url_name)
    except NoReverseMatch:  # an app without its pages mounted takes no place
        return None
    return Link(url, str(place.words), place.icon, path.startswith(url), place.keys)


def _one_current(links: list[Link]) -> list[Link]:
    """Of nested addresses only the longest is where one is."""
    longest = max((len(link.url) for link in links if link.current), default=0)
    return [
        Link(x.url, x.words, x.icon, x.current and len(x.url) == longest, x.keys) for x in links
    ]
