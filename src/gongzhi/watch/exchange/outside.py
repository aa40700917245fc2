"""The one door to the net: a line to an outside address, and to no inner network by surprise."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

PATIENCE = 10.0
"""Seconds for which nothing may come."""
Network = IPv4Network | IPv6Network
Spot = IPv4Address | IPv6Address
NAT64 = ip_network("64:ff9b::/96")
"""Addresses (RFC 6052) behind which stands the IPv4 address of their last 32 bits."""


class LineFailed(Exception):
    """Nobody could be reached, or may be; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parsed(address: str) -> SplitResult:
    """The parts of an address that may be asked. Raises LineFailed."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as wrong:
        raise LineFailed("bad_address") from wrong
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise LineFailed("bad_address")
    if parts.username or parts.password:
        raise LineFailed("bad_address")
    return parts


def port_of(parts: SplitResult) -> int:
    """The port that the address means."""
    return parts.port or (443 if parts.scheme == "https" else 80)


@contextmanager
def line_to(
    parts: SplitResult, *, intranet: Sequence[Network] | None, within: bool = False
) -> Iterator[HTTPConnection]:
    """A connection to the very machine whose address was checked: a name may not mean another one
    a moment later. Raises LineFailed, for what goes wrong inside the block, too.

    ``intranet``: the inner networks that may be asked; None for all. ``within``: and no other. In a
    drill there is no line.
    """
    if settings.EXERCISE:
        raise LineFailed("exercise")
    connection = _connection(parts, intranet, within=within)
    try:
        yield connection
    except TimeoutError as late:
        raise LineFailed("timeout") from late
    except ssl.SSLError as broken:
        raise LineFailed("tls") from broken
    except (OSError, HTTPException, UnicodeError) as broken:
        raise LineFailed("no_answer") from broken
    finally:
        connection.close()


def may_ask(spot: Spot, intranet: Sequence[Network] | None, *, within: bool = False) -> bool:
    """Whether a machine at this address may be asked: one of a named inner network or, unless it
    must lie ``within``, of the open net. An IPv4 address in the clothes of an IPv6 one counts as
    what it is."""
    plain = _plain(spot)
    if intranet is None or any(plain in one for one in intranet if one.version == plain.version):
        return True
    return not within and plain.is_global and not plain.is_multicast


def require_allowed(
    host: str, port: int, *, intranet: Sequence[Network] | None, within: bool = False
) -> None:
    """Raises LineFailed for a host that may not be asked; for whoever brings its own line."""
    _checked(host, port, intranet, within=within)


def _plain(spot: Spot) -> Spot:
    if isinstance(spot, IPv4Address):
        return spot
    if spot in NAT64:
        return IPv4Address(int(spot) & 0xFFFFFFFF)
    return spot.ipv4_mapped or spot.sixtofour or spot


def _connection(
    parts: SplitResult, intranet: Sequence[Network] | None, *, within: bool
) -> HTTPConnection:
    host, port = str(parts.hostname), port_of(parts)
    target = _checked(host, port, intranet, within=within)
    secure = parts.scheme == "https"
    made: Any = (HTTPSConnection if secure else HTTPConnection)(host, port, timeout=PATIENCE)

    def connect() -> None:
        line = socket.create_connection(target, PATIENCE)
        if secure:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
        made.sock = line

    made.connect = connect
    return made  # type: ignore[no-any-return]  # one of the two


def _checked(
    host: str, port: int, intranet: Sequence[Network] | None, *, within: bool
) -> tuple[str, int]:
    """Where the host is. Refuses one of whose addresses any may not be asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise LineFailed("no_host") from unknown
    spots = [str(one[4][0]) for one in found]
    if not spots or not all(may_ask(ip_address(spot), intranet, within=within) for spot in spots):
        raise LineFailed("private")
    return spots[0], port
