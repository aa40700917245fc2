"""What waits for a reader at a place of the rail: a count beside it, and a word when it grows.

Each app says what waits at its places from `AppConfig.ready()`. The pages ask apart for it
(`frontend/js/waiting.js`), so that no page is slower for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from django.http import HttpRequest, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff


@dataclass(frozen=True)
class Waiting:
    """So ``many`` of one kind, in ``words``, to be seen to at ``url``; ``key`` names the kind."""

    key: str
    many: int
    words: str
    url: str


Ask = Callable[[HttpRequest], Iterable[Waiting]]
_asks: dict[tuple[str, str], Ask] = {}


def add_waiting(place: str, key: str, ask: Ask) -> None:
    """Let `ask` say what waits for a reader at this place of the rail (a page's name), below this
    key. It answers nothing to whoever may not see to it."""
    _asks[place, key] = ask


def waiting_for(request: HttpRequest) -> list[dict[str, object]]:
    """All that waits for this reader, each with the address of its place (``at``)."""
    found = []
    for (place, _key), ask in _asks.items():
        try:
            at = reverse(place)
        except NoReverseMatch:  # an app without its pages mounted
            continue
        found += [{"at": at, **asdict(one)} for one in ask(request) if one.many]
    return found


@staff()
@never_cache
@require_safe
def waiting(request: HttpRequest) -> JsonResponse:
    """The counts beside the places of the rail."""
    return JsonResponse({"waiting": waiting_for(request)})
