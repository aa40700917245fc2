"""Pages whose address is their key: guessing is throttled, and nobody is told of the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongzhi.base.access.throttle import address_of, limit

TRIES, SECONDS = 300, 600
"""So many looks one address has."""


def limit_guessing(request: HttpRequest, name: str) -> None:
    """Refuse (429) an address that tries too many codes."""
    limit(f"{name}.link", address_of(request), tries=TRIES, seconds=SECONDS)


def private(response: HttpResponse) -> HttpResponse:
    """No page that is gone to and no search engine learns of the address."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
