"""What every broker can do, and what a stream's file and home say of signing in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from django.conf import settings

from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.watch.exchange.cloudevents import Event
from gongzhi.watch.exchange.outside import LineFailed, require_allowed

PATIENCE = 10.0
"""Seconds for which a broker may say nothing."""


class Broker(Protocol):
    """A line to a broker."""

    def publish(self, events: Sequence[Event]) -> None:
        """All are kept by the broker when it returns. Raises LineFailed: perhaps not all are."""

    def wait(self, seconds: float) -> None:
        """Do nothing for so long, but keep the line alive. Raises LineFailed: it broke."""

    def close(self) -> None:
        """Hang up."""


def require_servers(stream: Stream) -> None:
    """Raises LineFailed unless each server may be asked: in the clear only within an inner network
    that the operator has named, and in a drill none."""
    if settings.EXERCISE:
        raise LineFailed("exercise")
    for one in stream.servers:
        host, _colon, port = one.rpartition(":")
        require_allowed(
            host.strip("[]"), int(port), intranet=settings.INTRANET, within=not stream.tls
        )


def secret_of(stream: Stream) -> tuple[str, str]:
    """Name and password, the two lines of ``keys/stream-<code>``; empty ones where it is missing.
    One line alone is a token."""
    path = _key(stream)
    if not path.exists():
        return "", ""
    first, _newline, second = path.read_text("utf-8").strip().partition("\n")
    return (first.strip(), second.strip()) if second.strip() else ("", first.strip())


def authority_of(stream: Stream) -> Path | None:
    """The certificate authority that signed the broker's certificate (``keys/stream-<code>.pem``),
    where it is the county's own."""
    path = _key(stream, ".pem")
    return path if path.exists() else None


def _key(stream: Stream, ending: str = "") -> Path:
    folder: Path = settings.HOME.keys
    return folder / f"stream-{stream.code}{ending}"
