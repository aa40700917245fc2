"""Asking an outside address: a few seconds, a few megabytes, no other host, no inner network."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

LARGEST = 4 * 1024 * 1024
"""Bytes of one answer."""
PATIENCE = 10.0
"""Seconds for which nothing may come."""
WHOLE = 30.0
"""Seconds after which an answer that drips is given up."""
MOST_REDIRECTS = 3
PIECE = 65536
_NAME = "Gongzhi (CAP reader)"


class FetchFailed(Exception):
    """No answer that could be read; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What came; ``fresh`` is False when nothing has changed since (304)."""

    body: bytes
    etag: str = ""
    modified: str = ""
    fresh: bool = True


def fetch(address: str, *, etag: str = "", modified: str = "") -> Answer:
    """The answer of this http(s) address. Raises FetchFailed."""
    start = parsed(address)
    asked = start
    for _turn in range(MOST_REDIRECTS + 1):
        with _asked(asked, etag, modified) as answer:
            if answer.status not in {301, 302, 303, 307, 308}:
                return _read(answer)
            asked = _next(asked, answer.getheader("Location", ""))
    raise FetchFailed("too_many_redirects")


def parsed(address: str) -> SplitResult:
    """The parts of an address that may be asked. Raises FetchFailed."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as wrong:
        raise FetchFailed("bad_address") from wrong
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise FetchFailed("bad_address")
    if parts.username or parts.password:
        raise FetchFailed("bad_address")
    return parts


def same_host(one: str, other: str) -> bool:
    """Whether both lie on one host and port, and the second is no less secure."""
    try:
        first, second = parsed(one), parsed(other)
    except FetchFailed:
        return False
    if first.scheme == "https" and second.scheme == "http":
        return False
    moved_up = (first.scheme, second.scheme) == ("http", "https")
    same_port = _port(first) == _port(second) or (moved_up and not first.port and not second.port)
    return first.hostname == second.hostname and same_port


def _next(asked: SplitResult, location: str) -> SplitResult:
    target = urljoin(asked.geturl(), location)
    if not same_host(asked.geturl(), target):
        raise FetchFailed("redirect_elsewhere")
    return parsed(target)


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


@contextmanager
def _asked(parts: SplitResult, etag: str, modified: str) -> Iterator[HTTPResponse]:
    connection = _connection(parts)
    headers = {"User-Agent": _NAME, "Accept": "application/atom+xml, application/rss+xml, "
               "application/cap+xml, application/xml", "Accept-Encoding": "identity"}  # fmt: skip
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target, headers=headers)
        yield connection.getresponse()
    except TimeoutError as late:
        raise FetchFailed("timeout") from late
    except ssl.SSLError as broken:
        raise FetchFailed("tls") from broken
    except (OSError, HTTPException, UnicodeError) as broken:
        raise FetchFailed("no_answer") from broken
    finally:
        connection.close()


def _read(answer: HTTPResponse) -> Answer:
    if answer.status == 304:
        return Answer(b"", fresh=False)
    if answer.status != 200:
        raise FetchFailed(f"http_{answer.status}")
    body, until = bytearray(), monotonic() + WHOLE
    while piece := answer.read1(PIECE):
        body += piece
        if len(body) > LARGEST:
            raise FetchFailed("too_big")
        if monotonic() > until:
            raise FetchFailed("timeout")
    etag, modified = answer.getheader("ETag", ""), answer.getheader("Last-Modified", "")
    return Answer(bytes(body), etag[:200], modified[:60])


def _connection(parts: SplitResult) -> HTTPConnection:
    """To the very machine whose address was checked: a name may not mean another one a moment
    later."""
    host, port = str(parts.hostname), _port(parts)
    target = _checked(host, port)
    secure = parts.scheme == "https"
    made: Any = (HTTPSConnection if secure else HTTPConnection)(host, port, timeout=PATIENCE)

    def connect() -> None:
        line = socket.create_connection(target, PATIENCE)
        if secure:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
        made.sock = line

    made.connect = connect
    return made  # type: ignore[no-any-return]  # one of the two


def _checked(host: str, port: int) -> tuple[str, int]:
    """Where the host is. Refuses inner networks, unless the operator allows them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise FetchFailed("no_host") from unknown
    spots = [str(one[4][0]) for one in found]
    if not settings.FETCH_PRIVATE and not all(ip_address(spot).is_global for spot in spots):
        raise FetchFailed("private")
    return spots[0], port
