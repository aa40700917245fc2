"""What a CAP message says. Names are the standard's, written as Python writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from gongzhi.base.catalogue.kinds.warning import (
    CapCategory,
    Certainty,
    Response,
    Severity,
    Urgency,
)

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
BEFORE = "urn:oasis:names:tc:emergency:cap:1.1"
"""The version before, which some offices still send; what we read of it is the same."""

Status = Literal["Actual", "Exercise", "System", "Test", "Draft"]
MsgType = Literal["Alert", "Update", "Cancel", "Ack", "Error"]
Scope = Literal["Public", "Restricted", "Private"]
LatLon = tuple[float, float]
"""Degrees in WGS 84; the latitude first, as CAP has it."""


class Circle(NamedTuple):
    """A place and a radius in kilometres."""

    lat: float
    lon: float
    km: float


class Reference(NamedTuple):
    """An earlier message, by the three things that name it for good."""

    sender: str
    identifier: str
    sent: datetime


class Named(NamedTuple):
    """A value under a name of somebody's list: geocodes, parameters, event codes."""

    name: str
    value: str


@dataclass(frozen=True)
class Area:
    """Where. ``polygons`` are closed rings; holes don't exist in CAP."""

    description: str
    polygons: tuple[tuple[LatLon, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Block:
    """What is said in one language."""

    event: str
    categories: tuple[CapCategory, ...]
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    language: str = "en-US"
    responses: tuple[Response, ...] = ()
    audience: str = ""
    event_codes: tuple[Named, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[Named, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Alert:
    """One message. A published one never changes: an Update or a Cancel names it instead."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    msg_type: MsgType
    scope: Scope = "Public"
    source: str = ""
    restriction: str = ""
    addresses: str = ""
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def itself(self) -> Reference:
        """How others refer to it."""
        return Reference(self.sender, self.identifier, self.sent)

    def block(self, language: str) -> Block | None:
        """What it says in this language ("zh", "en"), else in any; None where it says nothing."""
        fitting = (one for one in self.blocks if one.language.lower().startswith(language))
        return next(fitting, self.blocks[0] if self.blocks else None)
