"""The staff's side rail: each app names its own places from `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Place:
    """One entry of the rail. ``may`` says whether this reader sees it; ``order`` sorts, and says
    in which of ``BLOCKS`` it stands."""

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
    order: int
    first: bool = False
    """Whether a narrow screen shows it without asking for all."""


@dataclass(frozen=True)
class Block:
    """Places that belong together; ``folded`` behind their name where there are many."""

    words: _StrOrPromise
    icon: str
    links: tuple[Link, ...]
    folded: bool = False

    @property
    def current(self) -> bool:
        """Whether one is at a place of it."""
        return any(link.current for link in self.links)


BLOCKS: tuple[tuple[float, _StrOrPromise, str], ...] = (
    (50, _("手上"), "inbox"),
    (100, _("看与防"), "map"),
    (900, _("队伍"), "officer"),
    (inf, _("管理"), "gear"),
)
"""Up to which ``order`` (not counted) a block goes, its name and its icon."""
MOST = 13
"""Lines that a rail shows before it folds; as many as fit on a low desk screen."""
NARROW = 4
"""Places that stand in a phone's bar, beside the button for all."""

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
    return _first(_one_current([link for link in links if link is not None]))


def blocks(links: list[Link]) -> list[Block]:
    """The places in their blocks; from the last upwards folded, until the rest fits.

    A block of one place never is: to unfold it would take longer than to look at it.
    """
    found = [
        Block(*BLOCKS[at][1:], tuple(some))
        for at, some in groupby(links, key=lambda link: _block_at(link.order))
    ]
    for at in range(len(found) - 1, 0, -1):
        if sum(1 if one.folded else len(one.links) for one in found) > MOST:
            found[at] = replace(found[at], folded=len(found[at].links) > 1)
    return found


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
    current = path.startswith(url)
    return Link(url, str(place.words), place.icon, current, place.keys, place.order)


def _one_current(links: list[Link]) -> list[Link]:
    """Of nested addresses only the longest is where one is."""
    longest = max((len(link.url) for link in links if link.current), default=0)
    return [replace(x, current=x.current and len(x.url) == longest) for x in links]


def _first(links: list[Link]) -> list[Link]:
    """Marked are the first places, and the one where one is instead of the last of them."""
    if len(links) <= NARROW + 1:
        return [replace(link, first=True) for link in links]
    at = {*range(NARROW)}
    here = next((n for n, link in enumerate(links) if link.current), 0)
    if here >= NARROW:
        at = {*range(NARROW - 1), here}
    return [replace(link, first=n in at) for n, link in enumerate(links)]


def _block_at(order: int) -> int:
    return next(at for at, (end, *_rest) in enumerate(BLOCKS) if order < end)
