"""Kafka: one topic, what an event is about as its key, so that all of one matter stay in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.watch.exchange.cloudevents import STRUCTURED, Event, written
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.publishing.brokers.broker import (
    PATIENCE,
    authority_of,
    require_servers,
    secret_of,
)

NOT_SIGNED_IN = frozenset({
    KafkaError._AUTHENTICATION, KafkaError.SASL_AUTHENTICATION_FAILED,  # noqa: SLF001  (its name)
    KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.CLUSTER_AUTHORIZATION_FAILED,
})  # fmt: skip
NO_TOPIC = frozenset({
    KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_TOPIC,  # noqa: SLF001
})  # fmt: skip


class Kafka:
    """A line to a cluster. Its producer numbers what it sends, so that the broker keeps what came
    twice on one line only once; a new line after a failure may repeat, with the same ``ce_id``."""

    def __init__(self, stream: Stream) -> None:
        require_servers(stream)
        self.stream, self.wrong = stream, [0]
        self.producer = Producer(_settings(stream))
        try:
            self.producer.list_topics(timeout=PATIENCE)
        except KafkaException as gone:
            raise LineFailed(_why(gone.args[0])) from gone

    def publish(self, events: Sequence[Event]) -> None:
        """All in flight at once; every one kept by all replicas in step when it returns."""
        self.wrong = []
        for one in events:
            about = str(one["subject"])
            self.producer.produce(
                self.stream.into, key=about, value=written(one | {"partitionkey": about}),
                headers={"content-type": STRUCTURED}, on_delivery=self._told,
            )  # fmt: skip
            self.producer.poll(0)
        left = self.producer.flush(PATIENCE * 1.5)
        if self.wrong:
            raise LineFailed(_why(self.wrong[0]))
        if left:
            raise LineFailed("timeout")

    def wait(self, seconds: float) -> None:
        """Its own threads keep the line alive."""
        self.producer.poll(seconds)

    def close(self) -> None:
        """Let go of what was not delivered: it is read from the log again."""
        self.producer.purge()
        self.producer.flush(1)

    def _told(self, wrong: Any, _message: Message) -> None:
        if wrong is not None:
            self.wrong.append(wrong)


def _settings(stream: Stream) -> dict[str, Any]:
    name, word = secret_of(stream)
    told: dict[str, Any] = {
        "bootstrap.servers": ",".join(stream.servers),
        "client.id": "gongzhi",
        "acks": "all",
        "enable.idempotence": True,
        "linger.ms": 5,
        "message.timeout.ms": int(PATIENCE * 1000),
        "queue.buffering.max.messages": 100_000,
        "security.protocol": ("SASL_" if word else "") + ("SSL" if stream.tls else "PLAINTEXT"),
        "log_level": 0,  # what goes wrong is met where it was asked
    }
    if word:
        told |= {
            "sasl.mechanism": "SCRAM-SHA-512", "sasl.username": name, "sasl.password": word,
        }  # fmt: skip
    if authority := authority_of(stream):
        told["ssl.ca.location"] = str(authority)
    return told


def _why(wrong: Any) -> str:
    code = wrong.code()
    if code in NOT_SIGNED_IN:
        return "not_signed_in"
    if code in NO_TOPIC:
        return "no_stream"
    return "timeout" if code == KafkaError._MSG_TIMED_OUT else "no_answer"  # noqa: SLF001
