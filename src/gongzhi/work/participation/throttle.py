"""How often one address may try what the public can reach."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def throttled(name: str, *, tries: int, seconds: int) -> Callable[[View[P]], View[P]]:
    """Let one network address POST `tries` times in `seconds`, then refuse with 429.

    Counted in the cache under a hash: the address itself is kept nowhere.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST":
                _count(name, request, tries, seconds)
            return view(request, *args, **kwargs)

        return run

    return decorate


def _count(name: str, request: HttpRequest, tries: int, seconds: int) -> None:
    address = str(request.META.get("REMOTE_ADDR", ""))
    key = f"throttle:{name}:{hashlib.sha256(address.encode()).hexdigest()}"
    cache.add(key, 0, seconds)
    if cache.incr(key) > tries:
        raise Refused(
            _("操作太频繁了，请稍等一会儿再试。"), code="throttled", status=429, retry_after=seconds
        )
