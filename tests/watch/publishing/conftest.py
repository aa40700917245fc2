"""A stream to a real broker on this machine, in a network that the county has named."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import nats
import pytest
from pytest_django import Settings

from gongzhi.base.catalogue import load
from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.watch.exchange.publishing import checks, pages, sending
from gongzhi.watch.exchange.publishing.brokers import kafka
from tests.brokers import Process, kafka_broker, kafka_program, nats_program, nats_server

Told = dict[str, Any]
Streams = Callable[..., Stream]


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Streams:
    """Lay a stream over the catalogue, as a file in the county's own would."""
    settings.INTRANET = (ip_network("127.0.0.0/8"),)
    monkeypatch.setattr(kafka, "PATIENCE", 3.0)

    def lay(broker: str, server: str, **more: Any) -> Stream:
        made = Stream.model_validate(
            {"code": "bus", "name": {"zh": "县消息总线", "en": "County bus"}, "broker": broker,
             "servers": (server,), "tls": False, "begin": "start", **more}
        )  # fmt: skip
        whole = replace(load.catalogue(), streams={made.code: made})
        for one in (sending, checks, pages):
            monkeypatch.setattr(one, "catalogue", lambda: whole)
        return made

    return lay


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Process]:
    """NATS."""
    if not nats_program():
        pytest.skip("the test extra brought no nats-server for this machine")
    with nats_server(tmp_path / "jetstream") as broker:
        yield broker


@pytest.fixture
def topic() -> Iterator[Process]:
    """A broker that speaks Kafka's protocol."""
    if not kafka_program():
        pytest.skip("the test extra brought no broker of Kafka's protocol for this machine")
    with kafka_broker() as broker:
        yield broker


def drunk(broker: Process, most: int = 100_000, durable: str = "consumer") -> list[Any]:
    """What a consumer of NATS takes that has come back under its name; each acknowledged."""

    async def take() -> list[Any]:
        client = await nats.connect(f"nats://{broker.server}", allow_reconnect=False)
        pull = await client.jetstream().pull_subscribe("gongzhi.>", durable=durable)
        got: list[Any] = []
        try:
            while len(got) < most:
                some: Sequence[Any] = await pull.fetch(min(500, most - len(got)), timeout=0.3)
                for one in some:
                    await one.ack()
                got += some
        except TimeoutError:
            pass
        await client.flush()  # the acknowledgements
        await client.close()
        return got

    return asyncio.run(take())
