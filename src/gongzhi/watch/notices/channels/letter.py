"""What every channel is given, and how it says no."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from gongzhi.watch.exchange.outside import LineFailed as LineFailed  # noqa: PLC0414  (said on)


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a mail: ``kind`` is its media type, ``application/pdf``."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One message to one address; ``name`` is the same each time it is tried."""

    name: str
    address: str
    subject: str
    text: str
    short: str
    language: str
    stop: str = ""
    """Where a mail client can end it; "" where nothing was subscribed to."""
    link: str = ""
    enclosed: tuple[Enclosure, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


class Refuses(Exception):
    """This address or message is not taken, however often it is tried; ``code`` says why."""

    def __init__(self, code: str, *, gone: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.gone = gone
        """Whether the address itself is no more."""


class NotNow(Exception):
    """This one message is not taken now; others may be."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Line(Protocol):
    """An open way out."""

    def send(self, letter: Letter) -> None:
        """Hand it over. Raises Refuses, NotNow, or LineFailed: nothing goes here now."""


class WayOut(Protocol):
    """One channel that the county has."""

    def open(self) -> AbstractContextManager[Line]:
        """A line for some letters. Raises LineFailed."""
