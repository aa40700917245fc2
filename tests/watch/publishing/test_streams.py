"""The log comes to the county's brokers: all that may, nothing else, none lost, none twice."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from confluent_kafka import Consumer, TopicPartition
from django.test import Client
from pytest_django import Settings

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewParty
from gongzhi.watch.exchange.leaving import FIELDS, chosen
from gongzhi.watch.exchange.publishing.actions import rewind_stream
from gongzhi.watch.exchange.publishing.checks import faults
from gongzhi.watch.exchange.publishing.models import Publication
from gongzhi.watch.exchange.publishing.sending import due_streams, publish
from tests.brokers import Process
from tests.watch.publishing.conftest import Streams, drunk
from tests.work.linked.cast import SYSTEM, account, answer, ask, body, incident
from tests.work.participation.cast import lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def ids(kinds: frozenset[str] = frozenset(FIELDS)) -> list[str]:
    """Of all entries of these kinds, in their order."""
    found = Entry.objects.filter(kind__in=kinds).order_by("seq")
    return [str(one) for one in found.values_list("id", flat=True)]


def state() -> Publication:
    return Publication.objects.get()


def test_a_consumer_takes_every_event_in_order_as_a_cloudevent_that_the_sdk_reads(
    bus: Process, streams: Streams
) -> None:
    caller = NewParty("caller", {"name": "海某某", "phone": "13800000000"})
    matter = incident("medical", words="我爸晕倒了", place="海平路 12 号", parties=[caller])
    answer(ask(matter, "ambulance", words="四楼"), "accepted")
    lamp()
    assert publish(streams("nats", bus.server)) == len(ids())
    got = drunk(bus)
    events = [JSONFormat().read(CloudEvent, one.data) for one in got]
    assert [one.get_id() for one in events] == ids()
    assert [one.headers["Nats-Msg-Id"] for one in got] == ids()
    assert [one.subject for one in got] == [f"gongzhi.{one.get_type()}" for one in events]
    opened = next(one for one in events if one.get_type() == "matters.matter_opened")
    assert opened.get_subject() == f"matters.matter:{matter.pk}"
    data = opened.get_data()
    assert isinstance(data, dict)
    assert data["category"] == "medical"
    assert set(data) <= set(FIELDS["matters.matter_opened"])
    told = b"".join(one.data for one in got)
    for personal in ("海某某", "晕倒", "海平路", "四楼", "13800000000", "account:", "caller"):
        assert personal.encode() not in told
        assert json.dumps(personal)[1:-1].encode() not in told


def test_what_may_not_leave_does_not_whatever_the_file_asks_for(
    bus: Process, streams: Streams
) -> None:
    lamp()
    kinds = ("matters.*", "people.*", "cases.*", "care.*", "access.*", "log.*")
    stream = streams("nats", bus.server, kinds=kinds)
    publish(stream)
    assert {json.loads(one.data)["type"].partition(".")[0] for one in drunk(bus)} == {"matters"}
    assert chosen(["people.*"]) == frozenset()
    words = [one.words for one in faults() if one.wrong]
    assert len([one for one in words if "people.*" in one or "care.*" in one]) == 2


def test_broker_gone_it_waits_and_goes_on_without_hands_and_nothing_is_lost_or_doubled(
    bus: Process, streams: Streams
) -> None:
    stream = streams("nats", bus.server)
    lamp()
    first = publish(stream)
    bus.kill()
    lamp("o" * 24)
    before = state().seq
    assert publish(stream) == 0
    assert state().seq == before, "nothing counts as sent that the broker has not taken"
    assert (state().failure, due_streams()) == ("no_answer", [])
    assert [one.words for one in faults() if one.wrong] != []
    bus.start()
    with moment(now() + timedelta(minutes=2)):
        assert due_streams() == [stream]
        second = publish(stream)
    assert state().failing_since is None
    # The process died after the broker took it and before that was noted: all is sent once more.
    Publication.objects.update(seq=before)
    assert publish(stream) == second
    assert [one.headers["Nats-Msg-Id"] for one in drunk(bus)] == ids()
    assert first + second == len(ids())
    kinds = Entry.objects.filter(kind__startswith="publishing.").order_by("seq")
    assert [one.kind.partition(".")[2] for one in kinds] == [
        "stream_begun", "stream_failing", "stream_back",
    ]  # fmt: skip


def test_a_consumer_that_dies_and_returns_misses_none(bus: Process, streams: Streams) -> None:
    stream = streams("nats", bus.server)
    lamp()
    publish(stream)
    before = [one.headers["Nats-Msg-Id"] for one in drunk(bus, most=2)]
    lamp("o" * 24)
    publish(stream)  # while nobody listens
    after = [one.headers["Nats-Msg-Id"] for one in drunk(bus)]
    assert before + after == ids()


def test_everything_since_a_moment_is_sent_again_with_the_same_ids(
    bus: Process, streams: Streams
) -> None:
    stream = streams("nats", bus.server)
    with moment(now() - timedelta(days=2)):
        lamp()
    since = now()
    lamp("o" * 24)
    whole = publish(stream)
    rewind_stream(SYSTEM, "bus", since)
    assert 0 < publish(stream) < whole
    assert [one.headers["Nats-Msg-Id"] for one in drunk(bus)] == ids(), "and kept once"


def test_a_new_stream_begins_with_what_happens_from_now_on_unless_told_otherwise(
    bus: Process, streams: Streams
) -> None:
    lamp()
    stream = streams("nats", bus.server, begin="now")
    assert publish(stream) == 0
    known = set(ids())
    lamp("o" * 24)
    publish(stream)
    assert known.isdisjoint(one.headers["Nats-Msg-Id"] for one in drunk(bus))


def test_two_processes_publish_it_once_and_a_drill_publishes_nothing(
    bus: Process, streams: Streams, settings: Settings
) -> None:
    stream = streams("nats", bus.server)
    lamp()
    publish(stream)
    lamp("o" * 24)
    Publication.objects.update(held_until=now() + timedelta(seconds=30))
    assert due_streams() == []
    assert publish(stream) == 0
    Publication.objects.update(held_until=None)
    settings.EXERCISE = True
    assert (due_streams(), publish(stream)) == ([], 0)
    settings.EXERCISE = False
    assert publish(stream) > 0


def test_in_the_clear_only_within_a_network_that_the_operator_named(
    bus: Process, streams: Streams, settings: Settings
) -> None:
    stream = streams("nats", bus.server)
    settings.INTRANET = ()
    assert publish(stream) == 0
    assert state().failure == "private"


def test_kafka_keeps_all_of_one_matter_in_order_by_its_key(
    topic: Process, streams: Streams
) -> None:
    first = lamp().matter
    answer(ask(code="ambulance"), "accepted")
    stream = streams("kafka", topic.server, code="topic")
    assert publish(stream) == len(ids())
    got = _consumed(topic, len(ids()))
    events = [JSONFormat().read(CloudEvent, value) for _key, value in got]
    assert sorted(one.get_id() for one in events) == sorted(ids())
    assert all(
        key.decode() == one.get_subject() for (key, _v), one in zip(got, events, strict=True)
    )
    about = [one for one in events if one.get_subject() == f"matters.matter:{first.pk}"]
    order = [one.get_id() for one in about]
    assert order == [one for one in ids() if one in order]
    topic.kill()
    lamp("o" * 24)
    before = state().seq
    assert publish(stream) == 0
    assert state().seq == before


def _consumed(topic: Process, many: int) -> list[tuple[bytes, bytes]]:
    consumer = Consumer({"bootstrap.servers": topic.server, "group.id": "partner"})
    parts = consumer.list_topics("gongzhi", timeout=5).topics["gongzhi"].partitions
    consumer.assign([TopicPartition("gongzhi", part, 0) for part in parts])
    got: list[tuple[bytes, bytes]] = []
    until = now() + timedelta(seconds=10)
    while len(got) < many and now() < until:
        one = consumer.poll(0.2)
        if one is not None and one.error() is None:
            got.append((one.key(), one.value()))
    consumer.close()
    return got


def test_the_page_tells_how_far_it_is_and_what_may_leave_at_all(
    bus: Process, streams: Streams
) -> None:
    stream = streams("nats", bus.server)
    lamp()
    publish(stream)
    client = Client()
    client.force_login(account("data_steward", body("command_centre", "department")))
    page = client.get("/streams/").content.decode()
    assert "县消息总线" in page
    assert "matters.matter_opened" in page
    assert bus.server not in page
    client.force_login(account("dispatcher", body("command_centre", "department"), "desk"))
    assert client.get("/streams/").status_code == 403
