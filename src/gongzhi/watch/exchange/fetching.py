"""Asking an outside address: a few seconds, a few megabytes, no other host, no inner network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from time import monotonic
from urllib.parse import SplitResult, urljoin

from django.conf import settings

from gongzhi.watch.exchange.outside import LineFailed, line_to, parsed, port_of

LARGEST = 4 * 1024 * 1024
"""Bytes of one answer."""
WHOLE = 30.0
"""Seconds after which an answer that drips is given up."""
MOST_REDIRECTS = 3
PIECE = 65536
_NAME = "Gongzhi"
CAP = "application/atom+xml, application/rss+xml, application/cap+xml, application/xml"


@dataclass(frozen=True)
class Answer:
    """What came; ``fresh`` is False when nothing has changed since (304)."""

    body: bytes
    etag: str = ""
    modified: str = ""
    fresh: bool = True
    link: str = ""
    """Its header Link."""


def fetch(
    address: str, *, etag: str = "", modified: str = "", accept: str = CAP,
    headers: Mapping[str, str] | None = None, largest: int = LARGEST,
) -> Answer:  # fmt: skip
    """The answer of this http(s) address, of at most so many bytes. Raises LineFailed; in a drill
    nobody is asked."""
    told = {"User-Agent": _NAME, "Accept": accept, "Accept-Encoding": "identity", **(headers or {})}
    told |= {"If-None-Match": etag} if etag else {}
    told |= {"If-Modified-Since": modified} if modified else {}
    asked = parsed(address)
    for _turn in range(MOST_REDIRECTS + 1):
        with _asked(asked, told) as answer:
            if answer.status not in {301, 302, 303, 307, 308}:
                return _read(answer, largest)
            asked = _next(asked, answer.getheader("Location", ""))
    raise LineFailed("too_many_redirects")


def same_host(one: str, other: str) -> bool:
    """Whether both lie on one host and port, and the second is no less secure."""
    try:
        first, second = parsed(one), parsed(other)
    except LineFailed:
        return False
    if first.scheme == "https" and second.scheme == "http":
        return False
    moved_up = (first.scheme, second.scheme) == ("http", "https")
    same_port = port_of(first) == port_of(second) or (
        moved_up and not first.port and not second.port
    )
    return first.hostname == second.hostname and same_port


def _next(asked: SplitResult, location: str) -> SplitResult:
    target = urljoin(asked.geturl(), location)
    if not same_host(asked.geturl(), target):
        raise LineFailed("redirect_elsewhere")
    return parsed(target)


@contextmanager
def _asked(parts: SplitResult, headers: Mapping[str, str]) -> Iterator[HTTPResponse]:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    intranet = None if settings.FETCH_PRIVATE else settings.INTRANET
    with line_to(parts, intranet=intranet) as line:
        line.request("GET", target, headers=dict(headers))
        yield line.getresponse()


def _read(answer: HTTPResponse, largest: int) -> Answer:
    if answer.status == 304:
        return Answer(b"", fresh=False)
    if answer.status != 200:
        raise LineFailed(f"http_{answer.status}")
    body, until = bytearray(), monotonic() + WHOLE
    while piece := answer.read1(PIECE):
        body += piece
        if len(body) > largest:
            raise LineFailed("too_big")
        if monotonic() > until:
            raise LineFailed("timeout")
    etag, modified = answer.getheader("ETag", ""), answer.getheader("Last-Modified", "")
    link = answer.getheader("Link", "")
    return Answer(bytes(body), etag[:200], modified[:60], link=link[:2000])
