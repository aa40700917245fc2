"""Brokers that a stream can be published to."""

from __future__ import annotations

from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.watch.exchange.publishing.brokers.broker import Broker


def connected(stream: Stream) -> Broker:
    """A line to the stream's broker. Raises LineFailed: there is none, or none may be."""
    if stream.broker == "nats":
        from gongzhi.watch.exchange.publishing.brokers.nats import Nats

        return Nats(stream)
    try:
        from gongzhi.watch.exchange.publishing.brokers.kafka import Kafka
    except ModuleNotFoundError as missing:
        from gongzhi.watch.exchange.outside import LineFailed

        raise LineFailed("no_client") from missing
    return Kafka(stream)
