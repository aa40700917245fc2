"""How often one address may try what the public can reach, and anybody the same account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from gongzhi.base.access.tries import count
from gongzhi.base.ui.errors import Refused

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]


def throttled(name: str, *, tries: int, seconds: int) -> Callable[[View[P, R]], View[P, R]]:
    """Let one network address POST `tries` times in `seconds`, then refuse with 429."""

    def decorate(view: View[P, R]) -> View[P, R]:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if request.method == "POST":
                limit(name, address_of(request), tries=tries, seconds=seconds)
            return view(request, *args, **kwargs)

        return run

    return decorate


def limit(name: str, who: str, *, tries: int, seconds: int) -> None:
    """Count a try of `who`, and refuse it (429) when there were too many."""
    number, left = count(name, who, seconds)
    if number > tries:
        raise Refused(
            _("操作太频繁了，请稍等一会儿再试。"), code="throttled", status=429, retry_after=left
        )


def address_of(request: HttpRequest) -> str:
    """The asker's network address, as the nearest proxy saw it where the county has one.

    Of an IPv6 address only the network: a household has 2^64 of them.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:  # only then is there a proxy whose word counts
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(int(parsed) >> 64) if isinstance(parsed, IPv6Address) else address
