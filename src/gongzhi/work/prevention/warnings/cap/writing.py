"""A CAP message as XML, elements in the order of the standard's schema."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from gongzhi.work.prevention.warnings.cap.message import (
    NAMESPACE,
    Alert,
    Area,
    Block,
    LatLon,
    Named,
    Reference,
)

DIGITS = 5
"""Of a degree: about a metre."""
_CONTROLS = dict.fromkeys({*range(32), 0xFFFE, 0xFFFF} - {9, 10, 13})
"""Characters that XML 1.0 can't carry."""

register_namespace("cap", NAMESPACE)


def alert_xml(alert: Alert) -> bytes:
    """The message, UTF-8 with its declaration."""
    root = Element(_tag("alert"))
    for name, value in (
        ("identifier", alert.identifier), ("sender", alert.sender),
        ("sent", cap_time(alert.sent)), ("status", alert.status), ("msgType", alert.msg_type),
        ("source", alert.source), ("scope", alert.scope), ("restriction", alert.restriction),
        ("addresses", alert.addresses),
    ):  # fmt: skip
        _put(root, name, value)
    _put_all(root, "code", alert.codes)
    _put(root, "note", alert.note)
    _put(root, "references", " ".join(reference_text(one) for one in alert.references))
    _put(root, "incidents", alert.incidents)
    for block in alert.blocks:
        _fill_block(SubElement(root, _tag("info")), block)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def cap_time(at: datetime) -> str:
    """As CAP writes times: whole seconds with the offset in hours and minutes, never ``Z``.

    Raises ValueError for a time without its zone.
    """
    if at.tzinfo is None:
        raise ValueError("expected a time with its zone")
    said = at.isoformat(timespec="seconds")
    return said if not said.endswith("+00:00") else f"{said[:-6]}-00:00"


def reference_text(one: Reference) -> str:
    """``sender,identifier,sent``."""
    return f"{one.sender},{one.identifier},{cap_time(one.sent)}"


def _fill_block(element: Element, block: Block) -> None:
    _put(element, "language", block.language)
    _put_all(element, "category", block.categories)
    _put(element, "event", block.event)
    _put_all(element, "responseType", block.responses)
    for name, value in (
        ("urgency", block.urgency), ("severity", block.severity), ("certainty", block.certainty),
        ("audience", block.audience),
    ):  # fmt: skip
        _put(element, name, value)
    _put_named(element, "eventCode", block.event_codes)
    for name, at in (
        ("effective", block.effective), ("onset", block.onset), ("expires", block.expires),
    ):  # fmt: skip
        _put(element, name, cap_time(at) if at else "")
    for name, value in (
        ("senderName", block.sender_name), ("headline", block.headline),
        ("description", block.description), ("instruction", block.instruction),
        ("web", block.web), ("contact", block.contact),
    ):  # fmt: skip
        _put(element, name, value)
    _put_named(element, "parameter", block.parameters)
    for area in block.areas:
        _fill_area(SubElement(element, _tag("area")), area)


def _fill_area(element: Element, area: Area) -> None:
    _put(element, "areaDesc", area.description)
    _put_all(element, "polygon", (_ring(polygon) for polygon in area.polygons))
    _put_all(
        element, "circle",
        (f"{_number(one.lat)},{_number(one.lon)} {_number(one.km)}" for one in area.circles),
    )  # fmt: skip
    _put_named(element, "geocode", area.geocodes)


def _ring(polygon: Iterable[LatLon]) -> str:
    return " ".join(f"{_number(lat)},{_number(lon)}" for lat, lon in polygon)


def _number(value: float) -> str:
    """Digits only, never an exponent."""
    return f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")


def _put(parent: Element, name: str, value: str) -> None:
    if value:
        SubElement(parent, _tag(name)).text = value.translate(_CONTROLS)


def _put_all(parent: Element, name: str, values: Iterable[str]) -> None:
    for value in values:
        _put(parent, name, value)


def _put_named(parent: Element, name: str, pairs: Iterable[Named]) -> None:
    for pair in pairs:
        element = SubElement(parent, _tag(name))
        _put(element, "valueName", pair.name)
        SubElement(element, _tag("value")).text = pair.value.translate(_CONTROLS)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
