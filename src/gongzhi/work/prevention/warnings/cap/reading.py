"""XML from outside as a CAP message, or all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any, NamedTuple, get_args
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gongzhi.base.catalogue.kinds.warning import (
    CapCategory,
    Certainty,
    Response,
    Severity,
    Urgency,
)
from gongzhi.work.prevention.warnings.cap.message import (
    BEFORE,
    NAMESPACE,
    Alert,
    Area,
    Block,
    Circle,
    LatLon,
    MsgType,
    Named,
    Reference,
    Scope,
    Status,
)

LARGEST = 1024 * 1024
"""Bytes of one message. A county's coast at full detail takes a tenth of it."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)", re.ASCII)
_NO_NAME = re.compile(r"[\s,<&]")
"""Characters that CAP forbids in identifiers and senders."""


class Fault(NamedTuple):
    """What is wrong: a code, and the element where it is."""

    code: str
    element: str = ""

    def __str__(self) -> str:
        return f"{self.code}:{self.element}" if self.element else self.code


class NotReadable(ValueError):
    """Not a CAP message; ``faults`` says why, all of it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__(", ".join(map(str, self.faults)))


def read_alert(xml: bytes) -> Alert:
    """The message in these bytes. Raises NotReadable."""
    return alert_of(parsed(xml))


def parsed(xml: bytes, largest: int = LARGEST) -> Element:
    """The root of a document without entities or external parts. Raises NotReadable."""
    if len(xml) > largest:
        raise NotReadable([Fault("too_big")])
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as forbidden:
        raise NotReadable([Fault("forbidden_xml")]) from forbidden
    except (ParseError, ValueError, LookupError) as broken:  # LookupError: an unknown encoding
        raise NotReadable([Fault("broken_xml")]) from broken
    return root


def alert_of(root: Element) -> Alert:
    """The message under this element. Raises NotReadable."""
    if root.tag not in {f"{{{NAMESPACE}}}alert", f"{{{BEFORE}}}alert"}:
        raise NotReadable([Fault("not_cap")])
    reader = _Reader(root.tag.partition("}")[0] + "}")
    alert = reader.alert(root)
    if reader.faults:
        raise NotReadable(reader.faults)
    return alert


def is_alert(root: Element) -> bool:
    """Whether this element is a CAP message, of any version."""
    return root.tag.endswith("}alert") and ":cap:" in root.tag


def time_of(text: str) -> datetime:
    """CAP's time; a ``Z``, which CAP forbids but many write, is read as well.

    Raises ValueError.
    """
    if not _TIME.fullmatch(text):
        raise ValueError(f"not a time with its zone: {text!r:.40}")
    return datetime.fromisoformat(text)


@dataclass
class _Reader:
    """Walks the elements and gathers faults, so that a duty officer reads all of them at once."""

    space: str

    def __post_init__(self) -> None:
        self.faults: list[Fault] = []

    def alert(self, root: Element) -> Alert:
        return Alert(
            identifier=self.name(root, "identifier"),
            sender=self.name(root, "sender"),
            sent=self.needed(root, "sent", time_of, "bad_time"),
            status=self.code(root, "status", Status),
            msg_type=self.code(root, "msgType", MsgType),
            source=self.text(root, "source"),
            scope=self.code(root, "scope", Scope),
            restriction=self.text(root, "restriction"),
            addresses=self.text(root, "addresses"),
            codes=tuple(self.texts(root, "code")),
            note=self.text(root, "note"),
            references=self.references(root),
            incidents=self.text(root, "incidents"),
            blocks=tuple(self.block(one) for one in root.findall(f"{self.space}info")),
        )

    def block(self, element: Element) -> Block:
        return Block(
            language=self.text(element, "language") or "en-US",
            categories=self.codes(element, "category", CapCategory, needed=True),
            event=self.needed(element, "event", str, ""),
            responses=self.codes(element, "responseType", Response),
            urgency=self.code(element, "urgency", Urgency),
            severity=self.code(element, "severity", Severity),
            certainty=self.code(element, "certainty", Certainty),
            audience=self.text(element, "audience"),
            event_codes=self.pairs(element, "eventCode"),
            effective=self.time(element, "effective"),
            onset=self.time(element, "onset"),
            expires=self.time(element, "expires"),
            sender_name=self.text(element, "senderName"),
            headline=self.text(element, "headline"),
            description=self.text(element, "description"),
            instruction=self.text(element, "instruction"),
            web=self.text(element, "web"),
            contact=self.text(element, "contact"),
            parameters=self.pairs(element, "parameter"),
            areas=tuple(self.area(one) for one in element.findall(f"{self.space}area")),
        )

    def area(self, element: Element) -> Area:
        return Area(
            description=self.needed(element, "areaDesc", str, ""),
            polygons=tuple(self.each(element, "polygon", _ring, "bad_polygon")),
            circles=tuple(self.each(element, "circle", _circle, "bad_circle")),
            geocodes=self.pairs(element, "geocode"),
        )

    # --- pieces ---------------------------------------------------------------------------------

    def texts(self, element: Element, name: str) -> list[str]:
        found = ((one.text or "").strip() for one in element.findall(f"{self.space}{name}"))
        return [text for text in found if text]

    def text(self, element: Element, name: str) -> str:
        return next(iter(self.texts(element, name)), "")

    def needed(self, element: Element, name: str, read: Callable[[str], Any], code: str) -> Any:
        text = self.text(element, name)
        if not text:
            self.faults.append(Fault("missing", name))
            return None
        return self.read(text, name, read, code)

    def name(self, element: Element, name: str) -> Any:
        return self.needed(element, name, _name, "bad_name")

    def time(self, element: Element, name: str) -> datetime | None:
        text = self.text(element, name)
        found: datetime | None = self.read(text, name, time_of, "bad_time") if text else None
        return found

    def code(self, element: Element, name: str, codes: Any) -> Any:
        return self.needed(element, name, _one_of(codes), "unknown_code")

    def codes(self, element: Element, name: str, codes: Any, *, needed: bool = False) -> Any:
        found = tuple(self.each(element, name, _one_of(codes), "unknown_code"))
        if needed and not self.texts(element, name):
            self.faults.append(Fault("missing", name))
        return found

    def each(
        self, element: Element, name: str, read: Callable[[str], Any], code: str
    ) -> Iterable[Any]:
        return [self.read(text, name, read, code) for text in self.texts(element, name)]

    def read(self, text: str, name: str, read: Callable[[str], Any], code: str) -> Any:
        try:
            return read(text)
        except ValueError:
            self.faults.append(Fault(code, name))
            return None

    def references(self, root: Element) -> tuple[Reference, ...]:
        words = self.text(root, "references").split()
        found = [self.read(word, "references", _reference, "bad_reference") for word in words]
        return tuple(one for one in found if one is not None)

    def pairs(self, element: Element, name: str) -> tuple[Named, ...]:
        found = element.findall(f"{self.space}{name}")
        return tuple(Named(self.text(one, "valueName"), self.text(one, "value")) for one in found)


def _name(text: str) -> str:
    if _NO_NAME.search(text):
        raise ValueError("spaces, commas, < and & are forbidden")
    return text


def _one_of(codes: Any) -> Callable[[str], str]:
    known = get_args(codes)

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"expected one of {known}")
        return text

    return read


def _reference(text: str) -> Reference:
    sender, identifier, sent = text.split(",")  # ValueError when they are not three
    return Reference(sender, identifier, time_of(sent))


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("expected a number")
    return number


def _pair(text: str) -> LatLon:
    first, second = text.split(",")
    return _number(first), _number(second)


def _ring(text: str) -> tuple[LatLon, ...]:
    ring = tuple(_pair(word) for word in text.split())
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("expected a closed ring of four points or more")
    return ring


def _circle(text: str) -> Circle:
    centre, km = text.split()
    radius = _number(km)
    if radius < 0:
        raise ValueError("expected a radius in kilometres")
    return Circle(*_pair(centre), radius)
