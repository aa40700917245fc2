"""A collector of traces hears which page, action and reader took how long, and of nobody."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from pytest_django import Settings

from gongzhi.base.log import spans
from gongzhi.base.log.readers import advance, registered
from gongzhi.watch.operations.tracing import FACTS, trace_if_asked
from tests.work.participation.cast import clerk, unit

pytestmark = pytest.mark.django_db
NAME, PHONE, WORDS = "欧阳海棠", "13912345678", "隔壁三单元每天半夜装修"
SENT = {
    "category": "lamp_out", "words": WORDS, "place": "海平路 12 号", "name": NAME, "phone": PHONE,
    "idempotency_key": "t" * 24,
}  # fmt: skip


class Collector(ThreadingHTTPServer):
    """It takes what OTLP over HTTP brings: protobuf, perhaps gzipped."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.raw = b""
        self.spans: list[Span] = []


class _Door(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        told = ExportTraceServiceRequest.FromString(content)
        self.server.raw += content
        for resource in told.resource_spans:
            for scope in resource.scope_spans:
                self.server.spans += scope.spans
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    server = Collector()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    spans.watch(None)
    server.shutdown()
    server.server_close()


def facts(one: Span) -> dict[str, str | int | list[str]]:
    return {fact.key: heard(fact.value) for fact in one.attributes}


def heard(value: AnyValue) -> str | int | list[str]:
    if several := [one.string_value for one in value.array_value.values]:
        return several
    return value.string_value or value.int_value


def test_it_hears_of_pages_actions_and_readers_and_of_nobody(
    client: Client, settings: Settings, collector: Collector
) -> None:
    unit("bureau"), unit("city_management")
    settings.TRACES = f"http://127.0.0.1:{collector.server_address[1]}/v1/traces"
    provider = trace_if_asked()
    assert provider is not None
    assert client.post(f"/report/?q={NAME}", SENT).status_code < 400
    client.get(f"/{NAME}/{PHONE}/")
    client.force_login(clerk("city_management"))
    client.get(f"/requests/?q={NAME}")
    name = next(iter(registered()))
    advance(name, registered()[name])
    with pytest.raises(ValueError, match=PHONE), spans.span("job", job=PHONE, name=NAME):
        raise ValueError(PHONE)
    assert provider.force_flush(10_000)
    provider.shutdown()

    told_of = [(one.name, facts(one)) for one in collector.spans]
    report = next(told for said, told in told_of if said == "request" and "report" in str(told))
    assert report["route"] == "participation:report"
    assert report["status"] in {200, 302}
    filed = [told for said, told in told_of if said == "action"]
    assert any(told["action"] == "participation.file_request" for told in filed)
    assert any("participation.request_filed" in str(told.get("kinds")) for told in filed), filed
    assert any(said == "reader" and told["reader"] == name for said, told in told_of)
    assert {key for _said, told in told_of for key in told} <= FACTS
    broken = next(one for one in collector.spans if one.name == "job")
    assert broken.status.message == "ValueError"
    assert facts(broken) == {"job": "…"}
    for private in (NAME, PHONE, WORDS, "海平路", clerk("city_management").username):
        assert private.encode() not in collector.raw, private
    within = {one.span_id: one for one in collector.spans}
    action = next(one for one in collector.spans if one.name == "action")
    assert within[action.parent_span_id].name == "request"


def test_it_is_off_unless_somebody_says_where_to(settings: Settings) -> None:
    assert settings.TRACES == ""
    assert trace_if_asked() is None
    with spans.span("job", job="a") as note:
        note(status=1)
